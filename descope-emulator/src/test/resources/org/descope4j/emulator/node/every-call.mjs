// Runs the official Node SDK against the emulator and prints what it saw as one JSON object.
import DescopeClient from '@descope/node-sdk';
import { manage } from './management-calls.mjs';
import { recorder } from './recorder.mjs';

const [baseUrl, projectId, managementKey, accessKey] = process.argv.slice(2);
const record = recorder(baseUrl, projectId);
const descope = await record.watch(() => DescopeClient({ projectId, baseUrl, managementKey }));
const redirect = 'http://localhost:8080/auth/verify';

const tokenSentTo = async (to) => {
  const answer = await fetch(`${baseUrl}/_emulator/messages?to=${encodeURIComponent(to)}`);
  return (await answer.json())[0].token;
};
const advanceClock = (advance) =>
  fetch(`${baseUrl}/_emulator/clock`, { method: 'POST', body: JSON.stringify({ advance }) });
const outcome = (answer) => (answer.ok ? 'ok' : `${answer.code} ${answer.error.errorCode}`);
const kidOf = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[0], 'base64url')).kid;
const raised = (promise) => promise.then(() => 'nothing', (error) => error.message);

const seen = {};

const ana = 'Ana@Example.com';
seen.signInUnknown = outcome(await descope.magicLink.signIn.email(ana, redirect));
const signUp = await descope.magicLink.signUp.email(ana, redirect, { name: 'Ana Example' });
seen.signUp = signUp.data;
seen.signUpAgain = outcome(await descope.magicLink.signUp.email(ana, redirect));

const token = await tokenSentTo(ana);
const verified = await descope.magicLink.verify(token);
seen.verify = outcome(verified);
seen.firstSeen = verified.data.firstSeen;
seen.user = { name: verified.data.user.name, loginIds: verified.data.user.loginIds };
seen.verifyAgain = outcome(await descope.magicLink.verify(token));

const session = await descope.validateSession(verified.data.sessionJwt);
seen.session = { amr: session.token.amr, sub: session.token.sub === verified.data.user.userId };

const refreshed = await descope.refreshSession(verified.data.refreshJwt);
seen.refreshedIsNew = refreshed.jwt !== verified.data.sessionJwt;
seen.validateAndRefresh = Boolean((await descope.validateAndRefreshSession('', verified.data.refreshJwt)).jwt);
seen.me = (await descope.me(verified.data.refreshJwt)).data.email;
seen.logout = outcome(await descope.logout(verified.data.refreshJwt));
seen.meAfterLogout = outcome(await descope.me(verified.data.refreshJwt));
seen.refreshAfterLogout = await raised(descope.refreshSession(verified.data.refreshJwt));

await descope.magicLink.signIn.email(ana, redirect, { customClaims: { plan: 'pro', seats: [1, null] } });
const second = await descope.magicLink.verify(await tokenSentTo(ana));
seen.customClaims = (await descope.validateSession(second.data.sessionJwt)).token.nsec;
seen.secondFirstSeen = second.data.firstSeen;
await descope.magicLink.signUpOrIn.email('bob@example.com', redirect);
seen.logoutAll = outcome(await descope.logoutAll(second.data.refreshJwt));

await descope.magicLink.signIn.email(ana, redirect);
const third = await descope.magicLink.verify(await tokenSentTo(ana));
const refreshJwt = third.data.refreshJwt;

const next = 'Next@Example.com';
seen.updateEmail = (await descope.magicLink.update.email(ana, next, redirect, refreshJwt, {
  addToLoginIDs: true, templateOptions: { app: 'Acme' } })).data;
seen.updatedEmail = (await descope.magicLink.verify(await tokenSentTo(next))).data.user.email;
const mobile = '+15557654321';
seen.updatePhone = (await descope.magicLink.update.phone.sms(next, mobile, redirect, refreshJwt)).data;
const updated = (await descope.magicLink.verify(await tokenSentTo(mobile))).data.user;
seen.updated = [updated.loginIds, updated.phone, updated.verifiedPhone];
seen.updateWhatsapp = outcome(await descope.magicLink.update.phone.whatsapp(next, mobile, redirect, refreshJwt));
seen.updateConflict = outcome(await descope.magicLink.update.email(next, 'bob@example.com', redirect, refreshJwt, {
  addToLoginIDs: true, failOnConflict: true }));
seen.updateWithoutToken = outcome(await descope.magicLink.update.email(next, ana, redirect));

await descope.magicLink.signIn.email(next, redirect, { stepup: true }, refreshJwt);
const steppedUp = await descope.magicLink.verify(await tokenSentTo(next));
seen.stepUp = (await descope.validateSession(steppedUp.data.sessionJwt)).token.su;
await descope.magicLink.signIn.sms(next, redirect, { mfa: true }, refreshJwt);
const secondFactor = await descope.magicLink.verify(await tokenSentTo(mobile));
seen.mfa = (await descope.validateSession(secondFactor.data.sessionJwt)).token.amr;
seen.stepUpWithoutToken = outcome(await descope.magicLink.signIn.email(next, redirect, { stepup: true }));
await descope.magicLink.signIn.whatsapp(next, redirect, { revokeOtherSessions: true });
seen.revokes = outcome(await descope.magicLink.verify(await tokenSentTo(mobile)));
seen.revoked = outcome(await descope.me(refreshJwt));

seen.tenantId = (await descope.management.tenant.createWithId('T2acme', 'Acme')).ok;
seen.tenantWithNewId = (await descope.management.tenant.create('Globex')).data.id.startsWith('T2');
const created = await descope.management.user.create('member@example.com', {
  displayName: 'Member Example', verifiedEmail: true, roles: ['editor'], customAttributes: { plan: 'pro' },
  userTenants: [{ tenantId: 'T2acme', roleNames: ['admin'] }], additionalLoginIds: ['member'] });
const { name, verifiedEmail, roleNames, customAttributes, loginIds } = created.data;
seen.created = [name, verifiedEmail, roleNames, customAttributes, loginIds];
seen.createdAgain = outcome(await descope.management.user.create('member@example.com', { displayName: 'X' }));

await descope.magicLink.signIn.email('member', redirect, { tenantId: 'T2acme' });
const member = (await descope.magicLink.verify(await tokenSentTo('member@example.com'))).data;
seen.dct = descope.getCurrentTenant(member.sessionJwt);
seen.tenantRoles = descope.validateTenantRoles(await descope.validateSession(member.sessionJwt), 'T2acme', ['admin']);
const selected = await descope.selectTenant('T2acme', member.refreshJwt);
seen.selected = [descope.getCurrentTenant(selected.data.sessionJwt), Boolean(selected.data.refreshJwt)];
seen.selectOther = outcome(await descope.selectTenant('T2other', member.refreshJwt));
seen.myTenants = (await descope.myTenants(['T2acme'], member.refreshJwt)).data;
seen.mySelectedTenant = (await descope.myTenants(true, selected.data.refreshJwt)).data.tenants.length;
seen.history = (await descope.history(member.refreshJwt)).data.map((entry) => Object.keys(entry).sort());

const tester = 'e2e@test.example';
seen.testUser = (await descope.management.user.createTestUser(tester, { displayName: 'E2E' })).data.test;
const generated = await descope.management.user.generateMagicLinkForTestUser('email', tester, redirect, {
  customClaims: { a: 1 } });
seen.generatedFor = generated.data.loginId;
const testSession = await descope.magicLink.verify(new URL(generated.data.link).searchParams.get('t'));
seen.generatedClaims = (await descope.validateSession(testSession.data.sessionJwt)).token.nsec;
seen.logoutByManagement = outcome(await descope.management.user.logoutUser(tester));
seen.loggedOutByManagement = outcome(await descope.me(testSession.data.refreshJwt));
seen.deleteTestUsers = outcome(await descope.management.user.deleteAllTestUsers());
seen.deletedTestUser = outcome(await descope.magicLink.signIn.email(tester, redirect));

const exchanged = await descope.exchangeAccessKey(accessKey, { customClaims: { k1: 'v1' }, selectedTenant: 'T2job' });
seen.accessKey = [exchanged.token.nsec, exchanged.token.dct, exchanged.token.sub.startsWith('K')];
seen.wrongAccessKey = await raised(descope.exchangeAccessKey('wrong'));

const phone = '+1 555-123-4567';
const bySms = await descope.magicLink.signUpOrIn.sms(phone, redirect);
seen.maskedPhone = bySms.data.maskedPhone;
seen.smsAmr = (await descope.validateSession(
  (await descope.magicLink.verify(await tokenSentTo(phone))).data.sessionJwt)).token.amr;
seen.signUpPhones = [
  outcome(await descope.magicLink.signUp.sms('+15550000001', redirect)),
  outcome(await descope.magicLink.signUp.whatsapp('+15550000002', redirect))];
seen.whatsapp = outcome(await descope.magicLink.signUpOrIn.whatsapp(phone, redirect));

await descope.magicLink.signUpOrIn.email(next, redirect);
await advanceClock('PT3M');
seen.verifyExpired = outcome(await descope.magicLink.verify(await tokenSentTo(next)));

seen.refreshUnchecked = outcome(await descope.refresh(selected.data.refreshJwt));
const anyone = await descope.validateSession(member.sessionJwt);
seen.asked = [descope.validatePermissions(anyone, []), descope.getMatchedPermissions(anyone, ['x']),
  descope.validateRoles(anyone, ['editor']), descope.getMatchedRoles(anyone, ['editor']),
  descope.validateTenantPermissions(anyone, 'T2acme', []), descope.getMatchedTenantPermissions(anyone, 'T2acme', ['x']),
  descope.getMatchedTenantRoles(anyone, 'T2acme', ['admin']),
  (await descope.validateAndRefreshSession(member.sessionJwt, member.refreshJwt)).token.dct];
const jwt = member.sessionJwt;
seen.read = [descope.getJwtPermissions(jwt), descope.getJwtRoles(jwt), descope.getTenants(jwt), descope.isJwtExpired(jwt),
  (await descope.validateJwt(jwt)).token.dct, Boolean(await descope.getKey({ alg: 'RS256', kid: kidOf(jwt) }))];
seen.managed = await manage(descope, tokenSentTo);
await descope.magicLink.signUpOrIn.sms(phone, redirect);
await descope.management.user.logoutUser(phone);

const unmanaged = DescopeClient({ projectId, baseUrl, managementKey: 'wrong' });
seen.wrongManagementKey = outcome(await unmanaged.management.user.logoutUser(tester));


console.log(JSON.stringify({ seen, ...record.result(), offered: record.offered }));

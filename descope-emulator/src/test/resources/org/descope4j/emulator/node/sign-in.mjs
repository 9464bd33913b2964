// Runs the official Node SDK against the emulator and prints what it saw as one JSON object.
import DescopeClient from '@descope/node-sdk';

const [baseUrl, projectId] = process.argv.slice(2);
const descope = DescopeClient({ projectId, baseUrl });
const redirect = 'http://localhost:8080/auth/verify';

const tokenSentTo = async (to) => {
  const answer = await fetch(`${baseUrl}/_emulator/messages?to=${encodeURIComponent(to)}`);
  return (await answer.json())[0].token;
};
const advanceClock = (advance) =>
  fetch(`${baseUrl}/_emulator/clock`, { method: 'POST', body: JSON.stringify({ advance }) });
const outcome = (answer) => (answer.ok ? 'ok' : `${answer.code} ${answer.error.errorCode}`);
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
seen.logoutAll = outcome(await descope.logoutAll(second.data.refreshJwt));

const phone = '+1 555-123-4567';
const bySms = await descope.magicLink.signUpOrIn.sms(phone, redirect);
seen.maskedPhone = bySms.data.maskedPhone;
seen.smsAmr = (await descope.validateSession(
  (await descope.magicLink.verify(await tokenSentTo(phone))).data.sessionJwt)).token.amr;
seen.whatsapp = outcome(await descope.magicLink.signUpOrIn.whatsapp(phone, redirect));

await descope.magicLink.signUpOrIn.email(ana, redirect);
await advanceClock('PT3M');
seen.verifyExpired = outcome(await descope.magicLink.verify(await tokenSentTo(ana)));

console.log(JSON.stringify(seen));

// Signs in with the official Node SDK in a project of some mode, and prints what it saw as one JSON object.
import DescopeClient from '@descope/node-sdk';

const [baseUrl, projectId, authManagementKey] = process.argv.slice(2);
const descope = DescopeClient({ projectId, baseUrl, ...(authManagementKey && { authManagementKey }) });
const ana = 'ana@example.com';

const asked = await descope.magicLink.signUpOrIn.email(ana, 'http://localhost:8080/auth/verify');
const messages = await (await fetch(`${baseUrl}/_emulator/messages?to=${ana}`)).json();
const verified = await descope.magicLink.verify(messages[0].token);
const { sessionJwt, refreshJwt, cookies } = verified.data;

const seen = { asked: asked.ok, sessionJwt: Boolean(sessionJwt), refreshJwt: Boolean(refreshJwt) };
if (sessionJwt) {
  const { token } = await descope.validateSession(sessionJwt);
  seen.project = token.iss;
  const { jwt } = await descope.refreshSession(refreshJwt);
  seen.refreshed = Boolean(jwt);
} else {
  const refreshed = await descope.refresh(refreshJwt);
  seen.refreshed = refreshed.ok && !refreshed.data.sessionJwt;
  seen.hasBothCookies = /DS=ey.*DSR=ey/s.test(cookies.join());
}
console.log(JSON.stringify(seen));

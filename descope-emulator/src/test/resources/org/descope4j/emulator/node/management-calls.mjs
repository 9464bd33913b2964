// Every management call that sets a stage, once.
export const manage = async (descope, tokenSentTo) => {
  const { tenant, permission, role, user } = descope.management;
  const seen = {};
  const redirect = 'http://localhost:8080/auth/verify';

  await tenant.createWithId('T2umbrella', 'Umbrella', ['umbrella.example'], { plan: 'pro' });
  await tenant.update('T2umbrella', 'Umbrella Ltd', [], { plan: 'free' });
  const loaded = (await tenant.load('T2umbrella')).data;
  seen.tenant = [loaded.name, loaded.customAttributes];
  seen.tenants = (await tenant.searchAll(['T2umbrella'])).data.map(({ name }) => name);
  seen.tenantsAll = (await tenant.loadAll()).data.length > 1;

  await permission.create('doc.read', 'Reads');
  await permission.createBatch([{ name: 'doc.write' }, { name: 'doc.old' }, { name: 'doc.older' }]);
  await permission.update('doc.write', 'doc.edit', 'Edits');
  const idOf = async (name) => (await permission.loadAll()).data.find((one) => one.name === name).id;
  await permission.updateWithId(await idOf('doc.edit'), 'doc.change', 'Changes');
  await permission.updateBatch([{ name: 'doc.change', newName: 'doc.rewrite' }]);
  await permission.deleteWithId(await idOf('doc.old'));
  await permission.deleteBatch(['doc.older']);
  await permission.create('doc.oldest');
  await permission.delete('doc.oldest');
  seen.permissions = (await permission.loadAll()).data.map(({ name }) => name);

  const made = (await role.create('reader', 'Reads', ['doc.read'])).ok;
  await role.createBatch([{ name: 'writer', permissionNames: ['doc.rewrite'] }, { name: 'tmp1' }, { name: 'tmp2' }]);
  await role.update('writer', 'author', 'Writes', ['doc.read', 'doc.rewrite']);
  const roleId = (await role.search({ roleNames: ['author'] })).data[0].id;
  await role.updateWithId(roleId, 'editor', 'Edits', ['doc.read', 'doc.rewrite']);
  await role.updateBatch([{ name: 'reader', newName: 'viewer', permissionNames: ['doc.read'] }]);
  await role.deleteWithId((await role.search({ roleNames: ['tmp1'] })).data[0].id);
  await role.deleteBatch(['tmp2']);
  await role.create('tmp3');
  await role.delete('tmp3');
  seen.roles = [made, (await role.loadAll()).data.map(({ name, permissionNames }) => [name, permissionNames])];

  await user.createCustomAttributes([{ name: 'plan', type: 1 }, { name: 'old', type: 1 }]);
  await user.deleteCustomAttributes(['old']);
  seen.attributes = (await user.getCustomAttributes()).data.map(({ name }) => name);

  const id = (await user.create('zoe@example.com', { displayName: 'Zoe', roles: ['editor'] })).data.userId;
  seen.permissionsOfRole = (await user.load('zoe@example.com')).data.permissions;
  await user.update('zoe@example.com', { displayName: 'Zoe Z.', email: 'zoe@example.com' });
  await user.patch('zoe@example.com', { givenName: 'Zoe' });
  await user.patchBatch([{ loginIdOrUserId: id, familyName: 'Zed' }]);
  await user.updateDisplayName('zoe@example.com', 'Zoe Zed');
  await user.updateUserNames('zoe@example.com', 'Zoe', 'Q.', 'Zed');
  await user.updatePicture('zoe@example.com', 'https://img.example.com/zoe.png');
  await user.updateCustomAttribute('zoe@example.com', 'plan', 'pro');
  await user.updateEmail('zoe@example.com', 'zoe@new.example', true);
  await user.updatePhone('zoe@example.com', '+15550000077', true);
  await user.updateLoginId('zoe@example.com', 'zoe');
  await user.setRoles('zoe', ['viewer']);
  await user.addRoles('zoe', ['editor', 'x']);
  await user.removeRoles('zoe', ['x']);
  await user.addTenant('zoe', 'T2umbrella');
  await user.setTenantRoles('zoe', 'T2umbrella', ['editor']);
  await user.addTenantRoles('zoe', 'T2umbrella', ['x']);
  await user.removeTenantRoles('zoe', 'T2umbrella', ['x']);
  const zoe = (await user.loadByUserId(id)).data;
  seen.zoe = [zoe.name, zoe.givenName, zoe.middleName, zoe.familyName, zoe.email, zoe.verifiedEmail, zoe.phone,
    zoe.verifiedPhone, zoe.roleNames, zoe.customAttributes, zoe.loginIds,
    zoe.userTenants.map(({ tenantId, roleNames }) => [tenantId, roleNames])];
  seen.loadUsers = (await user.loadUsers([id])).data.length;
  seen.search = (await user.search({ roles: ['viewer'] })).data.total;
  seen.searchAll = (await user.searchAll(['T2umbrella'])).data.length;
  await user.deactivate('zoe');
  const refused = await descope.magicLink.signIn.email('zoe', redirect);
  seen.disabled = refused.code;
  await user.activate('zoe');
  const embedded = (await user.generateEmbeddedLink('zoe', { from: 'support' })).data.token;
  const session = await descope.magicLink.verify(embedded);
  seen.embedded = (await descope.validateSession(session.data.sessionJwt)).token.nsec;
  const signUp = (await user.generateSignUpEmbeddedLink('yan@example.com', { name: 'Yan' }, true)).data.token;
  seen.embeddedSignUp = (await descope.magicLink.verify(signUp)).data.user.verifiedEmail;
  seen.history = (await user.history([id])).data.length;
  await user.logoutUserByUserId(id);
  await user.removeTenant('zoe', 'T2umbrella');

  await user.createBatch([{ loginId: 'b1@example.com' }, { loginId: 'b2@example.com' }]);
  await user.invite('i1@example.com', { email: 'i1@example.com' });
  await user.inviteBatch([{ loginId: 'i2@example.com' }]);
  await user.createTestUser('t1@example.com', { displayName: 'T1' });
  seen.searchTestUsers = (await user.searchTestUsers({})).data.total;
  seen.deleted = [(await user.delete('zoe')).ok, (await user.deleteByUserId((await user.load('b1@example.com')).data.userId)).ok,
    (await user.deleteBatch([(await user.load('b2@example.com')).data.userId])).ok];
  seen.gone = (await user.load('zoe')).error.errorCode;
  await tenant.delete('T2umbrella');
  return seen;
};

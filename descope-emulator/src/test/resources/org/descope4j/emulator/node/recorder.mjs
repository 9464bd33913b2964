// Notes which method of a client makes which calls, and whether it comes back. The client itself is untouched.
export const recorder = (baseUrl, projectId) => {
  const calls = [];
  const called = new Set();
  let noted = 0;

  const requests = async () => (await fetch(`${baseUrl}/_emulator/requests`)).json();
  const note = (fresh, name, ok) => {
    fresh.forEach(({ method, path }) => calls.push([`${method} ${path.replace(projectId, '{projectId}')}`, name, ok]));
    noted += fresh.length;
  };

  const observed = async (promise, name) => {
    let ok = false;
    try {
      const answer = await promise;
      ok = answer?.ok ?? true;
      return answer;
    } finally {
      note((await requests()).slice(noted), name, ok);
    }
  };

  const wrapped = (target, path) => new Proxy(target, {
    get(object, key) {
      const value = object[key];
      const name = path ? `${path}.${String(key)}` : String(key);
      if (typeof value === 'function') {
        return (...args) => {
          called.add(name);
          const result = value.apply(object, args);
          return result instanceof Promise ? observed(result, name) : result;
        };
      }
      return value && typeof value === 'object' ? wrapped(value, name) : value;
    },
  });

  const offered = (target, path) => Object.keys(target).flatMap((key) => {
    const name = path ? `${path}.${key}` : key;
    const value = target[key];
    return typeof value === 'function' ? [name] : value && typeof value === 'object' ? offered(value, name) : [];
  });

  return {
    // the client asks for its license when it is made with a management key
    async watch(makeClient) {
      const client = makeClient();
      let fresh = [];
      while (fresh.length === 0) fresh = await requests();
      note(fresh, 'DescopeClient', true);
      this.offered = offered(client, '');
      return wrapped(client, '');
    },
    result: () => ({ calls, called: [...called] }),
  };
};

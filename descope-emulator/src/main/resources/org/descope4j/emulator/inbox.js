// Looks for new messages and shows them in place, without a reload. Without script the page refreshes itself instead.
(() => {
  const everyMillis = 1000;
  const part = (page, id) => page.getElementById(id);

  const show = (html) => {
    const fresh = new DOMParser().parseFromString(html, 'text/html');
    for (const id of ['messages', 'count']) {
      const shown = part(document, id);
      const next = part(fresh, id);
      if (shown.innerHTML !== next.innerHTML) {
        const focused = document.activeElement.id;
        shown.replaceChildren(...document.adoptNode(next).childNodes);
        if (focused && part(document, focused)) {
          part(document, focused).focus();
        }
      }
    }
  };

  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch('/inbox');
        if (answer.ok) {
          show(await answer.text());
        } else {
          part(document, 'count').textContent = 'The emulator refuses to answer';
        }
      } catch (unreachable) {
        part(document, 'count').textContent = 'The emulator does not answer';
      }
    }
    setTimeout(look, everyMillis);
  };

  setTimeout(look, everyMillis);
})();

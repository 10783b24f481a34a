// Passkeys: the browser makes or asks for one, and the form carries the answer. Everything else needs no script.
(() => {
  'use strict';

  const { webauthnJSON } = window;
  if (!webauthnJSON || !webauthnJSON.supported()) return;

  const embedded = (id) => JSON.parse(document.getElementById(id).textContent);

  const asked = async (form) => {
    const response = await fetch(form.action, { headers: { Accept: 'application/json' } });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return response.json();
  };

  const made = (options, isAlone) => {
    const wanted = structuredClone(options);
    const choice = wanted.publicKey.authenticatorSelection;
    choice.residentKey = isAlone ? 'required' : 'discouraged';
    choice.requireResidentKey = isAlone;
    if (isAlone) choice.userVerification = 'required';
    return webauthnJSON.create(wanted);
  };

  const answers = {
    login: async (form) => webauthnJSON.get((await asked(form)).request_options),
    authenticate: (form, button) => webauthnJSON.get(embedded(button.dataset.options).request_options),
    add: (form, button) => {
      const box = form.elements.passwordless;
      return made(embedded(button.dataset.options).creation_options, Boolean(box && box.checked));
    },
  };

  for (const form of document.querySelectorAll('[data-passkey-form]')) {
    const button = form.querySelector('[data-passkey]');
    const failed = form.querySelector('[data-passkey-failed]');
    const go = async () => {
      failed.hidden = true;
      button.disabled = true;
      try {
        form.elements.credential.value = JSON.stringify(await answers[button.dataset.passkey](form, button));
        form.submit();
      } catch {
        // Stopped by the person, out of time, or not possible with this key: the browser does not say which.
        failed.hidden = false;
        button.disabled = false;
      }
    };
    button.disabled = false;
    button.addEventListener('click', go);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      go();
    });
  }
})();

/* Forgets words that this browser kept: all at sign-out, those of a screen once a choice is made. */
export const PREFIX = "words:";

function attach(form) {
  form.addEventListener("submit", () => {
    try {
      const ours = `${PREFIX}${form.dataset.forgetWords}`;
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(ours)) localStorage.removeItem(key);
      }
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  });
}

export function enhance(root) {
  root.querySelectorAll("form[data-forget-words]").forEach(attach);
}

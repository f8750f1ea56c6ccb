/* Asks before one leaves a form with words that were not saved. */
function attach(form) {
  let changed = false;
  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

export function enhance(root) {
  root.querySelectorAll("form[data-unsaved]").forEach(attach);
}

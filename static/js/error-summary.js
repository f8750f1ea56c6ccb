/* Brings the reader to what must be mended, and from there into the field itself. */
export function enhance(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const control = target.matches("fieldset") ? target.querySelector("input, select, textarea") : target;
    target.closest(".c-field")?.scrollIntoView();
    (control || target).focus({ preventScroll: true });
  });
}

/* Adds a row to a repeated group without going to the server. */
function attach(group) {
  const prefix = group.dataset.addRow;
  const total = group.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const template = group.querySelector("template");
  const button = group.querySelector("button[name=add]");
  const max = Number(group.dataset.max);
  if (!total || !template || !button) return;

  button.addEventListener("click", (event) => {
    event.preventDefault();
    const index = Number(total.value);
    const html = template.innerHTML
      .replaceAll("__prefix__", String(index))
      .replaceAll("__number__", String(index + 1));
    button.parentElement.insertAdjacentHTML("beforebegin", html);
    total.value = String(index + 1);
    const row = button.parentElement.previousElementSibling;
    row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    row.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
    button.hidden = index + 1 >= max;
  });
  button.hidden = Number(total.value) >= max;
}

export function enhance(root) {
  root.querySelectorAll("[data-add-row]").forEach(attach);
}

/* Counts what is chosen; at the limit the rest cannot be chosen until one is given up. */
function attach(group) {
  const limit = Number(group.dataset.choiceLimit);
  const note = group.querySelector("[data-chosen]");
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.disabled = !box.checked && chosen >= limit;
    note.textContent = `${note.dataset.chosen} ${chosen} / ${limit}`;
  };
  group.addEventListener("change", show);
  show();
}

export function enhance(root) {
  root.querySelectorAll("[data-choice-limit]").forEach(attach);
}

/* A field above a long list of choices: shows only those that contain what is typed. */
const plain = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLocaleLowerCase();

function attach(list) {
  const box = list.querySelector("[data-filter-box]");
  if (!box || !box.hidden) return;
  box.hidden = false;
  const field = box.querySelector("input");
  const count = box.querySelector("[data-filter-count]");
  const choices = [...list.querySelectorAll(".c-choice")].filter((choice) => !box.contains(choice));

  field.addEventListener("input", () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const choice of choices) {
      const chosen = choice.querySelector("input").checked;
      const text = plain(choice.textContent);
      choice.hidden = !chosen && !words.every((word) => text.includes(word));
      if (!choice.hidden) shown += 1;
    }
    for (const group of list.querySelectorAll(".c-choices__group")) {
      group.hidden = !group.querySelector(".c-choice:not([hidden])");
    }
    count.textContent = `${count.dataset.filterCount} ${shown}`;
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

export function enhance(root) {
  root.querySelectorAll("[data-filter-list]").forEach(attach);
}

/* The one entry: each enhancement is fetched only by a page that has something to enhance. */
const enhancements = [
  ["[data-menu]", "./menu.js"],
  ["[data-fragment]", "./fragment.js"],
  ["[data-clicks]", "./clicks.js"],
  ["[data-seen]", "./seen.js"],
  ["[data-counter]", "./counter.js"],
  ["[data-filter-list]", "./filter-list.js"],
  ["[data-choice-limit]", "./choice-limit.js"],
  ["[data-add-row]", "./add-row.js"],
  ["[data-uploads]", "./uploads.js"],
  ["form[data-unsaved]", "./unsaved.js"],
  ["form[data-autosave]", "./autosave.js"],
  ["[data-presence]", "./presence.js"],
  ["form[data-forget-words]", "./forget-words.js"],
  ["[data-print]", "./print.js"],
  ["[data-error-summary]", "./error-summary.js"],
];

function enhance(root) {
  for (const [selector, file] of enhancements) {
    if (root.querySelector(selector)) {
      import(file).then((module) => module.enhance(root));
    }
  }
}

enhance(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) enhance(event.target);
});

// A search field stands on every page, and most readers pass it by.
function suggest(field) {
  if (field?.matches("[data-suggest]")) {
    import("./suggest.js").then((module) => module.attach(field));
  }
}

suggest(document.activeElement);
document.addEventListener("focusin", (event) => suggest(event.target));

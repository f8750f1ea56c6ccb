/* Tells our own search log which result of a search was chosen; it knows the search, not the person. */
function attach(place) {
  const links = [...place.querySelectorAll(":is(.c-item__title, tbody th) a")];
  const tell = (event) => {
    const rank = links.indexOf(event.target.closest("a")) + 1;
    if (!rank || event.button > 1) return;
    const told = new URLSearchParams({ key: place.dataset.key, rank });
    navigator.sendBeacon?.(place.dataset.clicks, told);
  };
  place.addEventListener("click", tell);
  place.addEventListener("auxclick", tell);
}

export function enhance(root) {
  root.querySelectorAll("[data-clicks]").forEach(attach);
}

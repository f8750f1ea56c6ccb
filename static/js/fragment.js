/* Fetches a part of a page that comes after the rest; until then, and without it, a link stands there. */
async function fill(place) {
  const answer = await fetch(place.dataset.fragment);
  if (!answer.ok) return;
  const html = (await answer.text()).trim();
  if (html) place.innerHTML = html;
  else place.remove();
}

export function enhance(root) {
  root.querySelectorAll("[data-fragment]").forEach((place) => fill(place).catch(() => {}));
}

/* Tells every half minute that a screen is open, and shows who else writes on the case. */
const EVERY_MS = 30000;

function attach(place) {
  const form = document.getElementById(place.dataset.form);
  const tell = async () => {
    if (document.hidden) return;
    const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    const answer = await fetch(place.dataset.presence, { method: "POST", body });
    if (!answer.ok) return;
    const { said } = await answer.json();
    // Said anew only when it is news: it is read out.
    if (place.textContent !== said) place.textContent = said;
  };
  const beat = () => tell().catch(() => {});
  beat();
  setInterval(beat, EVERY_MS);
}

export function enhance(root) {
  root.querySelectorAll("[data-presence]").forEach(attach);
}

/* Says how many characters are left, counted as a person counts them and as the server does. */
const segmenter = "Segmenter" in Intl ? new Intl.Segmenter("und", { granularity: "grapheme" }) : null;

/* For browsers without a segmenter: marks, joiners, skin tones and flags belong to what is before. */
const cluster =
  /\r\n|\p{RI}\p{RI}|[^\r\n](?:\u200d\p{Extended_Pictographic}|[\p{M}\p{EMod}\u200c\u200d\u{e0020}-\u{e007f}])*|[\r\n]/gu;

export function countCharacters(text) {
  if (segmenter) {
    let count = 0;
    for (const _ of segmenter.segment(text)) count += 1;
    return count;
  }
  return (text.match(cluster) || []).length;
}

function attach(control) {
  const note = document.getElementById(`${control.id}_limit`);
  if (!note || note.dataset.live) return;
  note.dataset.live = "yes";
  const limit = Number(control.dataset.counter);
  const spoken = document.createElement("p");
  spoken.className = "u-hidden";
  spoken.setAttribute("role", "status");
  note.after(spoken);
  let pause;

  const show = () => {
    const left = limit - countCharacters(control.value);
    const over = left < 0;
    note.textContent = `${over ? note.dataset.over : note.dataset.left} ${Math.abs(left)}`;
    note.classList.toggle("c-counter--over", over);
  };
  const speak = () => {
    spoken.textContent = note.textContent;
  };
  control.addEventListener("input", () => {
    show();
    clearTimeout(pause);
    pause = setTimeout(speak, 1200);
  });
  show();
}

export function enhance(root) {
  root.querySelectorAll("[data-counter]").forEach(attach);
}

/* Sends chosen files one after the other, with a bar for each; without it the form sends them all. */
const make = (name, className = "", text = "") =>
  Object.assign(document.createElement(name), { className, textContent: text });

function send(place, token, file, bar) {
  const body = new FormData();
  for (const [name, value] of [
    ["csrfmiddlewaretoken", token],
    ["of", place.dataset.of],
    ["kind", place.dataset.kind],
    ["file", file],
  ]) {
    body.append(name, value);
  }
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => resolve(request.response || {}));
    request.addEventListener("error", () => resolve({}));
    request.open("POST", place.dataset.uploads);
    request.send(body);
  });
}

function attach(place) {
  const input = place.querySelector("input[type=file]");
  const form = input.form;
  const list = make("ul", "c-uploads__list");
  list.setAttribute("role", "status");
  input.after(list);

  const line = (file) => {
    const item = make("li");
    const bar = make("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    item.append(make("bdi", "", file.name), bar);
    list.append(item);
    return { item, bar };
  };

  const take = async (file, { item, bar }) => {
    const { id, reason } = await send(place, form.elements.csrfmiddlewaretoken.value, file, bar);
    bar.remove();
    const words = id ? place.dataset.kept : reason || place.dataset.failed;
    item.append(make("span", id ? "u-soft" : "c-uploads__refused", ` ${words}`));
    if (id && place.dataset.pick) {
      const picked = Object.assign(make("input"), { type: "hidden", name: place.dataset.pick, value: id });
      form.append(picked);
    }
    return Boolean(id);
  };

  const onward = () => {
    const next = [...form.elements].find((button) => button.value === place.dataset.then);
    if (next) form.requestSubmit(next);
    else window.location.reload();
  };

  input.addEventListener("change", async () => {
    const waiting = [...input.files].map((file) => [file, line(file)]);
    // They are on their way now: the form must not send them a second time.
    input.value = "";
    input.disabled = true;
    let all = waiting.length > 0;
    for (const [file, drawn] of waiting) all = (await take(file, drawn)) && all;
    input.disabled = false;
    // What was refused stays on the page until it has been read.
    if (all) onward();
    else if (place.dataset.again) {
      const again = make("li");
      again.append(Object.assign(make("a", "", place.dataset.again), { href: "" }));
      list.append(again);
    }
  });
}

export function enhance(root) {
  root.querySelectorAll("[data-uploads]").forEach(attach);
}

/* Offers while someone types: a combobox (WAI-ARIA) over a form that is whole without it. */
(() => {
  "use strict";

  const set = (element, names) => {
    for (const name in names) element.setAttribute(name, names[name]);
    return element;
  };
  const make = (kind, names) => set(document.createElement(kind), names);

  for (const form of document.querySelectorAll("form[data-suggest]")) {
    const input = form.querySelector("[type=search]");
    const id = `${input.id}-offers`;
    const list = make("ul", { id, class: "offers", role: "listbox", "aria-label": "搜索建议" });
    const status = make("span", { class: "unseen", role: "status" });
    let active, timer, asking;

    set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": id });
    form.append(list, status);

    const mark = (number) => {
      active = number;
      [...list.children].forEach((one, at) => one.setAttribute("aria-selected", at === number));
      set(input, { "aria-activedescendant": number < 0 ? "" : `${id}-${number}` });
      list.children[number]?.scrollIntoView({ block: "nearest" });
    };
    const show = (offers) => {
      list.replaceChildren(...offers.map((offer, at) => {
        const one = make("li", { id: `${id}-${at}`, role: "option", "data-url": offer.url });
        one.append(offer.text, make("span"));
        one.lastChild.append(offer.label);
        return one;
      }));
      mark(-1);
      list.hidden = !offers.length;
      set(input, { "aria-expanded": !list.hidden });
      status.textContent = offers.length ? `${offers.length} 条建议，按上下键选择` : "";
    };
    const close = () => {
      clearTimeout(timer);
      asking?.abort();
      show([]);
    };
    const ask = () => {
      asking = new AbortController();
      fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: input.value })}`, asking)
        .then((answer) => answer.json())
        .then((answer) => show(answer.suggestions))
        .catch(() => {}); // typed on, or no network
    };
    const wait = (event) => {
      if (event.isComposing) return;
      clearTimeout(timer);
      asking?.abort();
      timer = setTimeout(ask, 150);
    };

    close();
    input.addEventListener("input", wait);
    input.addEventListener("compositionend", wait);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const { key } = event, all = list.children.length;
      if (event.isComposing || list.hidden) return;
      if (key === "ArrowDown") mark(active + 1 < all ? active + 1 : -1);
      else if (key === "ArrowUp") mark(active < 0 ? all - 1 : active - 1);
      else if (key === "Enter" && active >= 0) list.children[active].click();
      else if (key === "Escape") close();
      else return;
      event.preventDefault();
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => {
      location.assign(target.closest("li").dataset.url);
    });
  }
})();

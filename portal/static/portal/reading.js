/* What a script can add to a page that is whole without it: the text size changes at once, and a story
   can be shared or its reference copied. */
(() => {
  "use strict";

  const sheet = document.getElementById("display");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-size]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const large = link.dataset.size === "large";
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `display=${large ? "large" : ""}; path=/; max-age=${large ? 31536000 : 0}; samesite=lax${secure}`;
    const address = new URL(sheet.href);
    address.searchParams.set("size", link.dataset.size);
    sheet.addEventListener("load", () => document.querySelector(large ? "a.display-standard" : "a.display-large").focus(), { once: true });
    sheet.href = address.href;
  });

  const tools = document.querySelector("[data-tools]");
  if (!tools) return;
  const canonical = document.querySelector('link[rel="canonical"]');
  const address = canonical ? canonical.href : location.href;
  const status = document.createElement("span");
  status.setAttribute("role", "status");

  const add = (words, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", act);
    tools.append(button);
    tools.hidden = false;
  };

  if (navigator.share) {
    add("分享", () => navigator.share({ title: document.title, url: address }).catch(() => {}));
  }
  if (navigator.clipboard) {
    add("复制出处", () =>
      navigator.clipboard.writeText(`${tools.dataset.cite}，${address}`).then(
        () => { status.textContent = "已复制"; },
        () => { status.textContent = "没能复制，请手工复制网址"; },
      ),
    );
  }
  tools.append(status);
})();

// Finds sections that hold all words of the question; headings count more than what stands below them.
(function () {
  "use strict";
  const most = 12;
  const root = document.documentElement.dataset.root;
  const input = document.getElementById("search");
  const list = document.getElementById("results");
  const known = sections.map((section) => ({
    section,
    page: section.page.toLowerCase(),
    heading: section.heading.toLowerCase(),
    text: section.text.toLowerCase(),
  }));

  function score(one, words) {
    let sum = 0;
    for (const word of words) {
      const inHeading = one.heading.includes(word) ? (one.heading === word ? 40 : 20) : 0;
      const inPage = one.page.includes(word) ? (one.page === word ? 20 : 6) : 0;
      const inText = Math.min(one.text.split(word).length - 1, 5);
      if (inHeading + inPage + inText === 0) {
        return 0;
      }
      sum += inHeading + inPage + inText;
    }
    return sum;
  }

  function find(question) {
    const words = question.toLowerCase().split(/\s+/).filter((word) => word.length > 0);
    if (words.length === 0) {
      return [];
    }
    return known
      .map((one) => ({ one, score: score(one, words), word: words[0] }))
      .filter((found) => found.score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, most);
  }

  function around(one, word) {
    const at = Math.max(0, one.text.indexOf(word) - 50);
    const piece = one.section.text.slice(at, at + 160);
    return (at > 0 ? "... " : "") + piece + (at + 160 < one.section.text.length ? " ..." : "");
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function item(found) {
    const section = found.one.section;
    const title = section.heading === section.page ? section.page : section.page + ": " + section.heading;
    const link = document.createElement("a");
    link.href = root + section.url;
    link.append(element("strong", title), element("small", around(found.one, found.word)));
    const line = document.createElement("li");
    line.append(link);
    return line;
  }

  function show() {
    const found = find(input.value);
    list.replaceChildren(...found.map(item));
    list.hidden = input.value.trim() === "";
    if (found.length === 0) {
      const none = element("li", "Nothing has all of these words.");
      none.className = "none";
      list.append(none);
    }
  }

  function move(from, step) {
    const links = [...list.querySelectorAll("a")];
    const next = links.indexOf(from) + step;
    (links[next] || (next < 0 ? input : from)).focus();
  }

  input.addEventListener("input", show);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement.tagName !== "INPUT") {
      event.preventDefault();
      input.focus();
    } else if (event.key === "Escape") {
      list.hidden = true;
      input.blur();
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      move(document.activeElement, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && document.activeElement === input) {
      const first = list.querySelector("a");
      if (first) {
        first.click();
      }
    }
  });
  document.addEventListener("click", (event) => {
    list.hidden = !event.target.closest(".search") || input.value.trim() === "";
  });
  // A link to ?q=words shows what they find.
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    input.value = asked;
    show();
  }
})();

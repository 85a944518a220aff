
"use strict";
(() => {
  const form = document.getElementById("filter");
  const posts = Array.from(document.querySelectorAll(".post"));
  const groups = Array.from(document.querySelectorAll(".group"));
  const none = document.getElementById("none");
  const count = document.getElementById("count");
  const words = [];
  let waiting = 0;

  const counted = (number) => number.toLocaleString("en-GB") + (number === 1 ? " post" : " posts");
  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const wordsOf = (place) => (words[place] ??= folded(posts[place].textContent));
  const chosen = (name) => form.elements[name]?.value ?? "";

  function wanted() {
    const search = folded(chosen("search")).split(/\s+/).filter(Boolean);
    const [outcome, clause, month, channel, source] =
      ["outcome", "clause", "month", "channel", "source"].map(chosen);
    const gaps = form.elements.gaps?.checked ?? false;
    return (post, place) => {
      const data = post.dataset;
      return (!outcome || data.outcome === outcome)
        && (!clause || data.clauses.split(" ").includes(clause))
        && (!month || data.month === month)
        && (!channel || data.channel === channel)
        && (!source || data.source === source)
        && (!gaps || "gaps" in data)
        && search.every((word) => wordsOf(place).includes(word));
    };
  }

  function apply() {
    const fits = wanted();
    const shown = new Map(groups.map((group) => [group, 0]));
    let total = 0;
    posts.forEach((post, place) => {
      const fitting = fits(post, place);
      if (post.hidden === fitting) post.hidden = !fitting;
      if (!fitting) return;
      total += 1;
      shown.set(post.parentElement, shown.get(post.parentElement) + 1);
    });
    for (const [group, number] of shown) {
      group.hidden = number === 0;
      const tally = group.querySelector("[data-tally]");
      if (tally) tally.textContent = counted(number);
    }
    none.hidden = total > 0;
    count.textContent = total === posts.length ? counted(total) : `${total.toLocaleString("en-GB")} of ${counted(posts.length)}`;
  }

  function later(milliseconds) {
    clearTimeout(waiting);
    waiting = setTimeout(apply, milliseconds);
  }

  function openTarget() {
    const target = /^#p\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!target) return;
    target.open = true;
    if (target.hidden) { form.reset(); }
    target.scrollIntoView();
  }

  function chooseClause(event) {
    const link = event.target.closest("a[data-clause]");
    if (!link || !form?.elements.clause) return;
    event.preventDefault();
    form.reset();
    form.elements.clause.value = link.dataset.clause;
    later(0);
    document.getElementById("posts").scrollIntoView();
    form.elements.clause.focus({ preventScroll: true });
  }

  function openForPrinting() {
    for (const part of document.querySelectorAll(".post:not([hidden]), .more")) part.open = true;
  }

  addEventListener("hashchange", openTarget);
  openTarget();
  if (!CSS.supports("selector(::details-content)")) addEventListener("beforeprint", openForPrinting);
  if (!form) return;
  form.hidden = false;
  document.getElementById("no-filter").hidden = true;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => later(event.target.type === "search" ? 120 : 0));
  form.addEventListener("reset", () => later(0));
  document.addEventListener("click", chooseClause);
  apply();
})();

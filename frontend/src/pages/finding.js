// The IRI of a finding ends in a fragment, which no server learns of, and the list of doubts has many
// pages: where this one does not hold it, go to the one that does.

export function start(document) {
  const list = document.querySelector("[data-findings]");
  const finding = decodeURIComponent(location.hash.slice(1));
  if (!list || !/^[a-z-]+-[0-9a-f]{12}$/.test(finding) || document.getElementById(finding)) return;
  if (new URLSearchParams(location.search).has("finding")) return;
  location.replace(`${list.dataset.findings}?finding=${finding}#${finding}`);
}

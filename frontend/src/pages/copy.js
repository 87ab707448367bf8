// A button that copies the text of each <pre data-copy>, and says so.

const SHOWN = 2000; // ms

for (const block of document.querySelectorAll("pre[data-copy]")) {
  addButton(block);
}

export function addButton(block) {
  const frame = document.createElement("div");
  frame.className = "copy";
  block.replaceWith(frame);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "secondary slim";
  button.textContent = "Copy";
  const said = document.createElement("span");
  said.className = "said";
  said.setAttribute("role", "status");
  frame.append(block, button, said);
  button.addEventListener("click", () => copy(block, said));
}

async function copy(block, said) {
  try {
    await navigator.clipboard.writeText(block.textContent);
    say(said, "Copied");
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    getSelection().selectAllChildren(block);
    say(said, "Selected: copy it with the keyboard");
  }
}

function say(said, words) {
  said.textContent = words;
  setTimeout(() => {
    if (said.textContent === words) said.textContent = "";
  }, SHOWN);
}

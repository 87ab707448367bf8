// Say below the editor which line cannot be read, for those who see no mark and use no mouse too.

export function explainSyntax(frame, editor) {
  const said = document.createElement("p");
  said.className = "syntax";
  said.setAttribute("role", "status");
  frame.after(said);
  const explain = () => {
    const mistake = editor.queryValid ? undefined : findMistake(editor);
    said.textContent = mistake ? `Line ${mistake.line + 1} ${mistake.why}` : "";
    if (!mistake) return;
    // The mark's own bubble is for the mouse only, and styled inline.
    mistake.mark.onmouseover = null;
    mistake.mark.onmouseout = null;
    mistake.mark.title = said.textContent;
  };
  editor.on("changes", explain);
  explain();
}

function findMistake(editor) {
  for (let line = 0; line < editor.getDoc().lineCount(); line += 1) {
    const mark = editor.lineInfo(line).gutterMarkers?.gutterErrorBar;
    if (mark) return { line, mark, why: reason(editor, line) };
  }
  return undefined;
}

function reason(editor, line) {
  const end = { line, ch: editor.getDoc().getLine(line).length };
  const { errorMsg, possibleCurrent } = editor.getTokenAt(end, true).state;
  if (errorMsg) return `cannot be read: ${errorMsg}`;
  const expected = possibleCurrent?.slice(0, 8).join(" ");
  return expected ? `cannot be read; here could stand: ${expected}` : "cannot be read.";
}

// An answer as it was sent; JSON with line breaks.

const MOST = 200_000; // characters

export class RawView {
  priority = 2;
  label = "Raw";

  constructor(answers) {
    this.answers = answers;
  }

  get text() {
    const sent = this.answers.results.getOriginalResponseAsString();
    return this.answers.results.getType() === "json" ? JSON.stringify(JSON.parse(sent), null, 2) : sent;
  }

  canHandleResults() {
    return Boolean(this.answers.results?.getOriginalResponseAsString());
  }

  draw() {
    const shown = document.createElement("pre");
    shown.tabIndex = 0;
    shown.setAttribute("role", "region");
    shown.setAttribute("aria-label", "Answer as it was sent");
    const text = this.text;
    shown.textContent = text.slice(0, MOST);
    this.answers.resultsEl.append(shown);
    if (text.length > MOST) {
      const notice = document.createElement("p");
      notice.className = "notice";
      notice.textContent = `These are the first ${MOST} characters. The download holds all of them.`;
      this.answers.resultsEl.append(notice);
    }
  }

  download(name) {
    const { results } = this.answers;
    return {
      getData: () => results.getOriginalResponseAsString(),
      filename: `${name}.${results.getType()}`,
      contentType: results.getContentType(),
      title: "Download the answer as it was sent",
    };
  }
}

// Triples as a drawing of nodes and links, which is loaded when it is first looked at.

const MOST = 300; // nodes

export function graphView(names) {
  return class {
    priority = 5;
    label = "Graph";

    constructor(answers) {
      this.answers = answers;
    }

    get statements() {
      const { results } = this.answers;
      return (results?.getAsJson() && results.getStatements()) || [];
    }

    canHandleResults() {
      return this.statements.length > 0;
    }

    async draw() {
      const { draw } = await import("./drawing.js");
      this.drawing = draw(this.answers.resultsEl, this.statements, names, MOST);
    }

    destroy() {
      this.drawing?.destroy();
    }
  };
}

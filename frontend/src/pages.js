// What every page loads: one module for each behaviour. Without it, pages read the same.
// What only some pages need and is not small is imported where its elements are found.

import "./pages/copy.js";

if (document.querySelector("[data-openapi]")) import("./pages/try.js");

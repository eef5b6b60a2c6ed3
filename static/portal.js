/* Private pages only: starts GOV.UK Frontend's own behaviour (focus on the list of things to look at, one send per press).
   Everything works without it. */
import { initAll } from "./vendor/govuk-frontend-6.3.0/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

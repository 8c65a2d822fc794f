// @ts-check
/** Work that came back: its learner answers comments, by text or voice. */

import { byId } from "../../sessions/js/elements.js";
import { createComments } from "./comment_forms.js";

createComments({ root: byId("comments") });

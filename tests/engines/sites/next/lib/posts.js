import fs from "node:fs";
import path from "node:path";
import { Marked } from "marked";
import footnotes from "marked-footnote";

const marked = new Marked(footnotes());
const folder = path.join(process.cwd(), "_posts");

export function allPosts() {
  return fs
    .readdirSync(folder)
    .map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")))
    .sort((a, b) => (Date.parse(a.date) < Date.parse(b.date) ? 1 : -1));
}

export function postBySlug(slug) {
  return allPosts().find((post) => post.slug === slug);
}

export function toHtml(markdown) {
  return marked.parse(markdown);
}

export function printed(date) {
  return new Date(date).toLocaleDateString("en-US", { dateStyle: "long", timeZone: "UTC" });
}

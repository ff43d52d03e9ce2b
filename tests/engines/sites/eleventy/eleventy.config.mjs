import notes from "markdown-it-footnote";

export default function (config) {
  config.addPassthroughCopy({ public: "/" });
  config.amendLibrary("md", (md) => md.use(notes));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("moment", (date) => date.toISOString());
  config.addFilter("printed", (date) => date.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" }));
  config.addFilter("labels", (tags) => (tags || []).filter((tag) => tag !== "posts"));
  config.addFilter("newest", (posts, count) => posts.slice(-count).reverse());
  config.addCollection("labels", (all) => [
    ...new Set(all.getFilteredByGlob("content/blog/*.md").flatMap((post) => post.data.tags || [])),
  ].filter((tag) => tag !== "posts").sort());
  return { dir: { input: "content", output: "_site" }, markdownTemplateEngine: false };
}

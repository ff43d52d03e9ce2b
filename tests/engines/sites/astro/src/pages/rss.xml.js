import { getCollection } from "astro:content";
import rss from "@astrojs/rss";

export async function GET(context) {
  const posts = await getCollection("blog");
  return rss({
    title: "@TITLE@", description: "@TAGLINE@", site: context.site,
    items: posts.map((post) => ({
      title: post.data.title, pubDate: post.data.date, link: `/blog/${post.id}/`, categories: post.data.tags,
    })),
  });
}

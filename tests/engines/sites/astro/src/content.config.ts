import { defineCollection, z } from "astro:content";
import { glob } from "astro/loaders";

const blog = defineCollection({
  loader: glob({ base: "./src/content/blog", pattern: "*.md", generateId: ({ entry }) => entry.replace(/\.md$/, "") }),
  schema: z.object({
    title: z.string(), date: z.coerce.date(), author: z.string(), lang: z.string(), tags: z.array(z.string()).default([]),
  }),
});

export const collections = { blog };

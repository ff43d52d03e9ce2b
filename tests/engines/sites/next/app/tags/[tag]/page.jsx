import Link from "next/link";
import { allPosts } from "../../../lib/posts";

export const dynamicParams = false;

export function generateStaticParams() {
  return [...new Set(allPosts().flatMap((post) => post.tags))].map((tag) => ({ tag }));
}

export default async function Tag({ params }) {
  const tag = decodeURIComponent((await params).tag);
  const posts = allPosts().filter((post) => post.tags.includes(tag));
  return <main><h1>{tag}</h1><ul>{posts.map((post) => <li key={post.slug}><Link href={`/posts/${post.slug}/`}>{post.title}</Link></li>)}</ul></main>;
}

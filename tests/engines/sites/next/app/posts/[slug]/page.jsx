import Link from "next/link";
import { allPosts, postBySlug, printed, toHtml } from "../../../lib/posts";
import style from "../../post.module.css";

export const dynamicParams = false;

export function generateStaticParams() {
  return allPosts().map(({ slug }) => ({ slug }));
}

export async function generateMetadata({ params }) {
  const post = postBySlug(decodeURIComponent((await params).slug));
  return { title: `${post.title} | @TITLE@`, openGraph: { title: post.title } };
}

export default async function Page({ params }) {
  const post = postBySlug(decodeURIComponent((await params).slug));
  return (
    <main>
      <article className="mb-32">
        <h1 className="text-5xl md:text-7xl tracking-tighter">{post.title}</h1>
        <div className="hidden md:block"><img src={`/people/${post.key}.png`} alt={post.author} className="w-12 rounded-full" /><div className={style.name}>{post.author}</div></div>
        <div className={style.wrap}>
          <div className="mb-6 text-lg"><time dateTime={post.date}>{printed(post.date)}</time></div>
          <div className={style.words} dangerouslySetInnerHTML={{ __html: toHtml(post.body) }} />
          <div className="flex gap-2">{post.tags.map((tag) => <Link key={tag} className={style.chip} href={`/tags/${encodeURIComponent(tag)}/`}>#{tag}</Link>)}</div>
        </div>
      </article>
      <section><h2>@RELATED@</h2><ul>{allPosts().slice(0, 3).map((other) => <li key={other.slug}><Link href={`/posts/${other.slug}/`}>{other.title}</Link></li>)}</ul></section>
    </main>
  );
}

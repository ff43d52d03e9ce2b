import Link from "next/link";
import { allPosts, printed } from "../lib/posts";
import style from "./post.module.css";

function Preview({ post }) {
  return (
    <div>
      <h3 className="text-3xl mb-3 leading-snug"><Link className="hover:underline" href={`/posts/${post.slug}/`}>{post.title}</Link></h3>
      <div className="text-lg mb-4"><time dateTime={post.date}>{printed(post.date)}</time></div>
      <p className="text-lg leading-relaxed mb-4">{post.excerpt}</p>
      <div className={style.name}>{post.author}</div>
    </div>
  );
}

export default function Index() {
  const [hero, ...more] = allPosts();
  return (
    <main>
      <section className="flex-col"><h1 className="text-5xl">Blog.</h1><h4>@SIDEBAR@</h4></section>
      <section><Preview post={hero} /></section>
      <section><h2 className="mb-8 text-5xl">More Stories</h2><div className="grid">{more.map((post) => <Preview key={post.slug} post={post} />)}</div></section>
    </main>
  );
}

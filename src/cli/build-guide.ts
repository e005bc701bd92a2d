import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Marked, type Tokens } from 'marked';
import { type Language, languages } from '../language/text';

const PROJECT = path.resolve(__dirname, '../..');

/** Builds the planner's guide as web pages, `en.html` and `it.html`, with its pictures, into a folder, which is emptied. */
export async function buildGuide(target = path.join(PROJECT, 'dist/guide')): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const template = await readFile(path.join(PROJECT, 'src/cli/guide/page.html'), 'utf8');
  await Promise.all([
    ...languages.map(async (language) => {
      const guide = await readFile(path.join(PROJECT, `docs/guide.${language}.md`), 'utf8');
      await writeFile(path.join(target, `${language}.html`), guidePage(template, guide, language));
    }),
    cp(path.join(PROJECT, 'docs/screenshots'), path.join(target, 'screenshots'), { recursive: true }),
    cp(path.join(PROJECT, 'src/cli/guide/guide.css'), path.join(target, 'guide.css')),
  ]);
}

/** The Markdown is the project's own, so what it says is taken as it is. */
function guidePage(template: string, markdown: string, language: Language): string {
  const headings: { id: string; html: string }[] = [];
  let title = '';
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const html = this.parser.parseInline(tokens);
        if (depth === 1) title = html;
        if (depth !== 2) return `<h${depth}>${html}</h${depth}>\n`;
        const id = idOf(text);
        headings.push({ id, html });
        return `<h2 id="${id}">${html}</h2>\n`;
      },
      // Pictures are larger than the column of text: whoever wants to read them opens them.
      image({ href, text }) {
        const description = text.replaceAll('"', '&quot;');
        return `<a href="${href}"><img src="${href}" alt="${description}" loading="lazy" /></a>`;
      },
    },
    walkTokens(token) {
      if (token.type === 'link') (token as Tokens.Link).href = servedAddress((token as Tokens.Link).href);
    },
    hooks: {
      postprocess: (html) =>
        html.replaceAll('<table>', '<div class="table"><table>').replaceAll('</table>', '</table></div>'),
    },
  });
  const guide = marked.parse(markdown, { async: false });
  const links = headings.map(({ id, html }) => `<li><a href="#${id}">${html}</a></li>`);
  return template
    .replace('{{language}}', language)
    .replaceAll('{{title}}', title)
    .replace('{{contents}}', () => `<ul>${links.join('')}</ul>`)
    .replace('{{guide}}', () => guide);
}

/** The guide of another language is a file beside it in the project, and `/guide/it` on the server. */
function servedAddress(href: string): string {
  return href.replace(/^guide\.(\w+)\.md/, '$1');
}

function idOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

if (require.main === module) {
  buildGuide().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

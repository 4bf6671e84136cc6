import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Rollup } from 'vite'

const web = join(import.meta.dirname, '../web')

/**
 * Writes the page without data as one file into a folder: its script and its style stand in it, and its policy allows these two by their
 * hashes and nothing else, no address, no event in an attribute, no further script.
 */
export async function buildPage(into: string): Promise<void> {
  const { output } = (await build({
    root: web,
    configFile: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: { input: join(web, 'src/main.tsx') },
    },
  })) as Rollup.RollupOutput
  const script = output.flatMap((file) => (file.type === 'chunk' ? [file.code] : [])).join('\n')
  const style = output
    .flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? [String(file.source)] : []))
    .join('\n')
  mkdirSync(into, { recursive: true })
  writeFileSync(join(into, 'page.html'), pageWith(readFileSync(join(web, 'index.html'), 'utf8'), script, style))
}

/** The page with both in it; neither may end the element that it stands in. */
function pageWith(html: string, script: string, style: string): string {
  const code = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
  const policy = `default-src 'none'; script-src '${hashOf(code)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`
  const put = (where: RegExp, what: string) => (text: string) => {
    if (!where.test(text)) throw new Error(`web/index.html has no place for ${where}`)
    return text.replace(where, () => what)
  }
  return [
    put(/(?<=http-equiv="Content-Security-Policy" content=")[^"]*/, policy),
    put(/<script type="module"[^>]*><\/script>/, `<script type="module">${code}</script>`),
    put(/(?=<\/head>)/, `<style>${style}</style>\n  `),
  ].reduce((text, step) => step(text), html)
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

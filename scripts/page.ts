import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Rollup } from 'vite'

const web = join(import.meta.dirname, '../web')

/**
 * The pages: what each begins with, and whom its policy lets it ask. That of a scan has all in it and asks nobody; that of a service has
 * nothing in it and asks the service alone.
 */
const pages = [
  { file: 'page.html', script: 'src/main.tsx', asks: '' },
  { file: 'live.html', script: 'src/live.tsx', asks: "; connect-src 'self'; img-src data:" },
] as const

/**
 * Writes the pages without data into a folder, each as one file: its script and its style stand in it, and its policy allows these two by
 * their hashes and nothing else, no event in an attribute, no further script.
 */
export async function buildPage(into: string): Promise<void> {
  mkdirSync(into, { recursive: true })
  for (const { file, script, asks } of pages) {
    const built = await bundled(script)
    const html = readFileSync(join(web, 'index.html'), 'utf8')
    writeFileSync(join(into, file), pageWith(html, { ...built, asks }))
  }
}

async function bundled(input: string): Promise<{ script: string; style: string }> {
  const { output } = (await build({
    root: web,
    configFile: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: { input: join(web, input) },
    },
  })) as Rollup.RollupOutput
  return {
    script: output.flatMap((file) => (file.type === 'chunk' ? [file.code] : [])).join('\n'),
    style: output
      .flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? [String(file.source)] : []))
      .join('\n'),
  }
}

/** The page with both in it; neither may end the element that it stands in. */
function pageWith(html: string, { script, style, asks }: { script: string; style: string; asks: string }): string {
  const code = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
  const policy = `default-src 'none'; script-src '${hashOf(code)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'${asks}`
  const put = (where: RegExp, what: string) => (text: string) => {
    if (!where.test(text)) throw new Error(`web/index.html has no place for ${where}`)
    return text.replace(where, () => what)
  }
  return [
    put(/(?<=http-equiv="Content-Security-Policy" content=")[^"]*/, policy),
    put(/<script type="module"[^>]*><\/script>/, `<script type="module">${code}</script>`),
    put(/(?=<\/head>)/, `<style>${style}</style>\n  `),
    // A browser asks a service for an icon that nothing names.
    put(/(?=<\/head>)/, asks === '' ? '' : '<link rel="icon" href="data:," />\n  '),
  ].reduce((text, step) => step(text), html)
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

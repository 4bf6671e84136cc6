/**
 * How time and memory of a scan grow with the input: one host with ever more days, and ever more hosts with a day each. The input is
 * made by the lab, so these are lab figures. It is made, scanned and removed, size by size; the plot goes to bench/growth.svg.
 *
 *     npm run build && node bench/growth.ts [--sizes 0.1,1,10] [--hosts 1,100,10000] [--rounds N]
 *
 * Needs some 13 GB of disk for the largest.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '0.1,1,10' },
    hosts: { type: 'string', default: '1,100,10000' },
    rounds: { type: 'string', default: '3' },
  },
})
const numbers = (text: string) => text.split(',').filter(Boolean).map(Number)
const rounds = Number(values.rounds)
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
/** What a busy workstation's logs grow by in a day. */
const gigabytesADay = 0.01365

interface Run {
  readonly seconds: number
  readonly megabytes: number
  readonly output: string
}

/** Runs the program; memory is the largest resident set of the process with all its threads. */
function run(...args: string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const begin = performance.now()
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
    let peak = 0
    let output = ''
    child.stderr.on('data', (piece) => {
      output += piece
    })
    const watch = setInterval(() => {
      try {
        const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))
        if (line) peak = Math.max(peak, Number(line[1]) / 1000)
      } catch {
        // It has ended.
      }
    }, 20)
    child.on('exit', (code) => {
      clearInterval(watch)
      if (code === 0) resolve({ seconds: (performance.now() - begin) / 1000, megabytes: peak, output })
      else reject(new Error(`${args.join(' ')}: exit ${code}: ${output}`))
    })
  })
}

/** Only the logs: artifacts are small, and many. */
const gigabytesOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith('.evtx'))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0) / 1e9

interface Point {
  readonly label: string
  readonly gigabytes: number
  readonly seconds: number
  readonly megabytes: number
}

async function measure(label: string, make: readonly string[]): Promise<Point> {
  const folder = mkdtempSync(join(tmpdir(), 'tasktrail-growth-'))
  try {
    const made = await run('lab', 'make', '--out', folder, ...make)
    const gigabytes = gigabytesOf(folder)
    const scans: Run[] = []
    for (let round = 0; round < (gigabytes > 3 ? 1 : rounds); round++)
      scans.push(await run('scan', '--quiet', '--out', join(folder, 'report.txt'), folder))
    const [median] = scans.sort((a, b) => a.seconds - b.seconds).slice(scans.length >> 1) as [Run]
    const point = {
      label,
      gigabytes,
      seconds: median.seconds,
      megabytes: Math.max(...scans.map((scan) => scan.megabytes)),
    }
    console.log(
      `${label.padEnd(18)} ${gigabytes.toFixed(2)} GB: made in ${made.seconds.toFixed(1)} s (${((gigabytes * 1000) / made.seconds).toFixed(0)} MB/s, ${made.megabytes.toFixed(0)} MB), scanned in ${point.seconds.toFixed(2)} s, ${((gigabytes * 1000) / point.seconds).toFixed(0)} MB/s, peak ${point.megabytes.toFixed(0)} MB`,
    )
    return point
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const oneHost: Point[] = []
for (const size of numbers(values.sizes)) {
  const days = String(Math.max(1, Math.round(size / gigabytesADay)))
  oneHost.push(
    await measure(`1 host, ${days} days`, [
      '--hosts',
      '1',
      '--profile',
      'workstation',
      '--noise',
      'busy',
      '--days',
      days,
    ]),
  )
}
const manyHosts: Point[] = []
for (const hosts of numbers(values.hosts)) {
  manyHosts.push(await measure(`${hosts} hosts, 1 day`, ['--hosts', String(hosts), '--noise', 'quiet', '--days', '1']))
}
writeFileSync(new URL('growth.svg', import.meta.url), plot())

/** Time against size on logarithmic axes: what grows in proportion is a line of slope one, like the grey one. */
function plot(): string {
  const [width, height, margin] = [640, 420, 60]
  const all = [...oneHost, ...manyHosts]
  const range = (of: (point: Point) => number): [number, number] => [
    Math.floor(Math.log10(Math.min(...all.map(of)))),
    Math.ceil(Math.log10(Math.max(...all.map(of)))),
  ]
  const [x0, x1] = range(({ gigabytes }) => gigabytes)
  const [y0, y1] = range(({ seconds }) => seconds)
  const x = (gigabytes: number) => margin + ((Math.log10(gigabytes) - x0) / (x1 - x0)) * (width - 2 * margin)
  const y = (seconds: number) => height - margin - ((Math.log10(seconds) - y0) / (y1 - y0)) * (height - 2 * margin)
  const line = (points: readonly Point[], color: string) =>
    `<polyline fill="none" stroke="${color}" stroke-width="2" points="${points.map((p) => `${x(p.gigabytes).toFixed(1)},${y(p.seconds).toFixed(1)}`).join(' ')}"/>` +
    points
      .map(
        (p) =>
          `<circle cx="${x(p.gigabytes).toFixed(1)}" cy="${y(p.seconds).toFixed(1)}" r="4" fill="${color}"/><text x="${(x(p.gigabytes) + 8).toFixed(1)}" y="${(y(p.seconds) + 14).toFixed(1)}" fill="${color}">${p.label}</text>`,
      )
      .join('')
  const ticks = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i))
  const axes =
    ticks(x0, x1)
      .map(
        (v) =>
          `<line x1="${x(v)}" y1="${margin}" x2="${x(v)}" y2="${height - margin}" stroke="#ddd"/><text x="${x(v)}" y="${height - margin + 18}" text-anchor="middle">${v} GB</text>`,
      )
      .join('') +
    ticks(y0, y1)
      .map(
        (v) =>
          `<line x1="${margin}" y1="${y(v)}" x2="${width - margin}" y2="${y(v)}" stroke="#ddd"/><text x="${margin - 8}" y="${y(v) + 4}" text-anchor="end">${v} s</text>`,
      )
      .join('')
  const largest = oneHost.at(-1) as Point
  const proportional = { ...largest, label: '' }
  const smallest = { ...proportional, gigabytes: 10 ** x0, seconds: (largest.seconds / largest.gigabytes) * 10 ** x0 }
  const guide =
    smallest.seconds >= 10 ** y0
      ? smallest
      : { ...smallest, seconds: 10 ** y0, gigabytes: (largest.gigabytes / largest.seconds) * 10 ** y0 }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<title>Time of a scan against the size of the logs</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${margin}" y="28" font-size="14">tasktrail scan: time against size of the logs (lab figures)</text>
${axes}
${line([guide, proportional], '#aaa')}
${line(oneHost, '#1f5fa8')}
${line(manyHosts, '#b3541e')}
</svg>
`
}

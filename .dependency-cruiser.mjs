// The borders of docs/architecture.md. Data flows from stage to stage; imports do not: each stage knows only model/,
// and engine/ alone puts the stages in order. Run by scripts/check-layers.ts.

import { builtinModules } from 'node:module'

const test = '\\.test\\.ts$'
const core = 'model|decode|normalize|correlate|inventory|score|coverage|hunt|report|measure'
const pure = '^(node:)?(zlib|crypto)$' // crc32 and createHash: functions of their input; biome.json narrows the names

/** A folder of src/ imports only what is listed; its tests may also use the test tools, Node and the lab. */
function border(folder, allowed, why) {
  const own = `^src/${folder}/`
  const inTests = [node, '^node_modules/(vitest|fast-check)/', '^src/lab/']
  return [
    {
      name: `${folder}-imports`,
      comment: why,
      severity: 'error',
      from: { path: own, pathNot: test },
      to: { pathNot: [own, ...allowed] },
    },
    {
      name: `${folder}-test-imports`,
      comment: `${why} Its tests may also import vitest, fast-check, Node's modules and lab/.`,
      severity: 'error',
      from: { path: `${own}.*${test}` },
      to: { pathNot: [own, ...allowed, ...inTests] },
    },
  ]
}

const model = '^src/model/'
const ports = '^src/engine/ports(/|\\.ts$)'
const node = `^(node:)?(${builtinModules.join('|')})$`
const npm = '^node_modules/'
const stage = [pure, model]

export default {
  forbidden: [
    ...border('model', [], 'model/ is the words everyone uses and imports nothing.'),
    ...border('decode', [...stage, '^node_modules/htmlparser2/'], 'decode/ imports model/ and the XML parser.'),
    ...border('report', [...stage, '^node_modules/get-east-asian-width/'], 'report/ imports model/ and widths.'),
    ...border('measure', [...stage, '^node_modules/zod/'], 'measure/ imports model/ and the forms of what it reads.'),
    ...['normalize', 'correlate', 'inventory', 'score', 'coverage', 'hunt'].flatMap((folder) =>
      border(folder, stage, `${folder}/ is a stage of the core: it imports only model/.`),
    ),
    ...border('engine', [`^src/(${core})/`, node, npm], 'engine/ puts the stages in order; edges implement its ports.'),
    ...['sources', 'stores'].flatMap((folder) =>
      border(
        folder,
        [model, '^src/decode/', ports, node, npm],
        `${folder}/ is an edge: model/, decode/, engine ports.`,
      ),
    ),
    ...border(
      'run',
      [`^src/(${core}|engine|sources|stores)/`, node, npm],
      'run/ is the pipeline as a thing of its own: all but cli/ and lab/.',
    ),
    ...border(
      'serve',
      [`^src/(${core}|engine|sources|stores|run)/`, node, npm],
      'serve/ is the live service: all but cli/ and lab/.',
    ),
    ...border('lab', [model, node], 'lab/ makes telemetry from the words alone, so that it cannot copy a mistake.'),
    ...border(
      'report/containment',
      [model, '^src/report/(clean|finding-json)\\.ts$'],
      'What is copied into a shell is made of the words and of a finding alone.',
    ),
    {
      name: 'web-imports',
      comment: 'web/ runs in a browser: of the project it sees the words and what makes reports.',
      severity: 'error',
      from: { path: '^web/' },
      to: { pathNot: ['^web/', model, '^src/report/', '^node_modules/preact/'] },
    },
    {
      name: 'nothing-imports-lab-but-cli',
      comment: 'Made telemetry must not reach the product by accident.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(lab|cli)/', test] },
      to: { path: '^src/lab/' },
    },
    {
      name: 'nothing-imports-cli',
      comment: 'cli/ is the outermost edge.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'content-imports-no-archive',
      comment: 'An archive is made of content: no circle of folders.',
      severity: 'error',
      from: { path: '^src/sources/content/' },
      to: { path: '^src/sources/archive/' },
    },
    {
      name: 'benches-do-not-import-cli',
      comment: 'A bench measures the pipeline, which is run/ and what it is made of; the program it starts as a whole.',
      severity: 'error',
      from: { path: '^bench/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'public-api-imports',
      comment: 'index.ts is the public API, on purpose small: engine/, model/, report/, run/ and sources/.',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { pathNot: '^src/(engine|model|report|run|sources)/' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'A test is nobody’s dependency.',
      severity: 'error',
      from: {},
      to: { path: `^src/.*${test}` },
    },
    {
      name: 'src-stays-in-src',
      comment: 'What is published depends on nothing that is not.',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { path: '^(test|bench|scripts|web)/' },
    },
    {
      name: 'no-circular',
      comment: 'No cycles, not even of types.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-resolvable',
      comment: 'An import that resolves to nothing escapes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'not-a-dependency',
      comment: 'A package that package.json does not name is there by chance.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'deprecated'] },
    },
    {
      name: 'not-a-dev-dependency',
      comment: 'Users do not get dev dependencies.',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { dependencyTypes: ['npm-dev'], pathNot: '^node_modules/@types/' },
    },
  ],
  options: {
    parser: 'swc', // TypeScript 7 has no API to parse with; with the default parser no .ts file is seen
    doNotFollow: { path: 'node_modules' },
    preserveSymlinks: true, // names are those of the tree, also where node_modules is a link
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    skipAnalysisNotInRules: true,
  },
}

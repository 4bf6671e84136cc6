// What Microsoft's own parser of KQL reads out of queries (a JSON list on standard input): of each its errors and the texts in it, as JSON.
const { createRequire } = require('node:module')
const path = require('node:path')
const fs = require('node:fs')

const from = createRequire(path.join(process.argv[2], 'package.json'))
from('@kusto/language-service-next/bridge.min.js')
from('@kusto/language-service-next/Kusto.Language.Bridge.min.js')
const { KustoCode, Syntax } = globalThis.Kusto.Language

const told = JSON.parse(fs.readFileSync(0, 'utf8')).map((query) => {
  const code = KustoCode.Parse(query)
  const texts = []
  Syntax.SyntaxElement.WalkNodes(code.Syntax, (node) => {
    if (node instanceof Syntax.LiteralExpression && typeof node.LiteralValue === 'string') texts.push(node.LiteralValue)
  })
  const errors = globalThis.Bridge.toArray(code.GetSyntaxDiagnostics()).map((one) => one.Message)
  return { errors, texts }
})
process.stdout.write(JSON.stringify(told))

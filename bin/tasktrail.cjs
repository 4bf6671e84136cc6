#!/usr/bin/env node
// Plain old JavaScript (ECMAScript 5) on purpose: whatever Node is there must get far enough to say that it is too old.
'use strict'

var wanted = require('../package.json').engines.node.replace('>=', '')

function isOlder(version, than) {
  var own = version.split('.')
  var needed = than.split('.')
  for (var i = 0; i < needed.length; i++) {
    if (Number(own[i]) !== Number(needed[i])) return Number(own[i]) < Number(needed[i])
  }
  return false
}

if (isOlder(process.versions.node, wanted)) {
  process.stderr.write(
    'tasktrail: this is Node ' + process.versions.node + ', and tasktrail needs Node ' + wanted + ' or later.\n' +
      'Install it from https://nodejs.org, or put the Node of the npm package "node" first in your PATH.\n'
  )
  process.exitCode = 69 // EX_UNAVAILABLE of sysexits.h
} else {
  require('../dist/cli/main.js')
}

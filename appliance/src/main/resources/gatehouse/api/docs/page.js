'use strict';
const list = document.getElementById('operations');
const words = document.getElementById('words');
const count = document.getElementById('count');

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** A schema in a few words: its type and its limits. */
function described(schema, all) {
  const real = resolved(schema, all);
  const types = [].concat(real.type ?? (real.oneOf ? 'one of several' : 'any')).filter((type) => type !== 'null');
  const said = [types.join(' or ') + (real.format ? ` (${real.format})` : '')];
  if (real.type === 'array' || types.includes('array')) said.push('of ' + described(real.items ?? {}, all));
  if (real.enum) said.push(real.enum.filter((one) => one !== null).join(', '));
  for (const limit of ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern', 'default']) {
    if (real[limit] !== undefined) said.push(`${limit} ${real[limit]}`);
  }
  return said.join('; ');
}

function resolved(schema, all) {
  return schema.$ref ? all[schema.$ref.split('/').pop()] ?? {} : schema;
}

/** Every field, nested ones with dots, to a bounded depth. */
function fields(schema, all, prefix = '', depth = 0) {
  const real = resolved(schema, all);
  const inner = real.items && depth < 4 ? fields(real.items, all, prefix + '[].', depth + 1) : [];
  return inner.concat(Object.entries(real.properties ?? {}).flatMap(([name, field]) => {
    const must = (real.required ?? []).includes(name) ? 'required; ' : '';
    const own = [[prefix + name, must + described(field, all)]];
    const below = resolved(field, all);
    const isList = [].concat(below.type ?? []).includes('array');
    return depth < 4 ? own.concat(fields(isList ? below.items ?? {} : below, all, prefix + name + (isList ? '[].' : '.'), depth + 1)) : own;
  }));
}

function table(rows) {
  const made = element('table');
  for (const row of rows) {
    const line = made.insertRow();
    row.forEach((cell) => { line.insertCell().textContent = cell; });
  }
  return made;
}

function part(into, name, content) {
  into.append(element('dt', name));
  const value = element('dd');
  value.append(content);
  into.append(value);
}

function opened(operation, all) {
  const made = element('dl');
  part(made, 'Operation', operation.operationId);
  const may = operation['x-permission'];
  part(made, 'Who may', may === 'none' ? 'anybody' : may === 'self' ? 'who is signed in' : may);
  const parameters = (operation.parameters ?? []).map((one) => [one.name, `${one.in}; ${one.required ? 'required; ' : ''}${described(one.schema ?? {}, all)}`]);
  if (parameters.length) part(made, 'Parameters', table(parameters));
  for (const [type, content] of Object.entries(operation.requestBody?.content ?? {})) {
    part(made, `Takes ${type}`, table(fields(content.schema ?? {}, all)));
  }
  for (const [status, answer] of Object.entries(operation.responses ?? {})) {
    const contents = Object.entries(answer.content ?? {});
    if (!contents.length) part(made, status, answer.description ?? '');
    for (const [type, content] of contents) part(made, `${status} ${type}`, table(fields(content.schema ?? {}, all)));
  }
  return made;
}

function shown(path, method, operation, all) {
  const details = element('details');
  const summary = element('summary');
  summary.append(element('span', method.toUpperCase(), 'method'), element('span', '/api' + path, 'path'), element('span', operation.summary, 'summary'));
  details.append(summary);
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(opened(operation, all));
  });
  details.id = operation.operationId;
  const text = [path, method, operation.operationId, operation.summary].join(' ').toLowerCase();
  return { details, text };
}

async function start() {
  const answer = await fetch('/api/openapi.json');
  if (!answer.ok) throw new Error(`openapi.json: ${answer.status}`);
  const document_ = await answer.json();
  const all = document_.components?.schemas ?? {};
  const operations = Object.entries(document_.paths).sort(([one], [other]) => one.localeCompare(other))
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => shown(path, method, operation, all)));
  list.append(...operations.map((one) => one.details));
  const search = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const one of operations) {
      one.details.hidden = !wanted.every((word) => one.text.includes(word));
      if (!one.details.hidden) found++;
    }
    count.textContent = found === operations.length ? `${found} operations` : `${found} of ${operations.length} operations`;
  };
  words.addEventListener('input', search);
  search();
  if (location.hash) document.getElementById(location.hash.slice(1))?.setAttribute('open', '');
}

start().catch((problem) => { count.textContent = `The list did not load: ${problem.message}`; });

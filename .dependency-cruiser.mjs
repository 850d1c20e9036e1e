/**
 * Who may know whom. When a rule stops you, its comment says why it exists and what to do instead; when it is the rule
 * that is wrong, change it here in a commit of its own and say why.
 */

const features = '^server/src/features';
const mechanisms = '^server/src/(http|realtime|db|jobs|workers|media|observability|payments)/';
const pieces = '^web/src/features/(chat|comments|player|report|tip|patronage|tier)/';
const tests = '(\\.test\\.tsx?$|\\.spec\\.ts$|^server/test/|/testing/)';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-runtime-cycles',
      comment:
        'Two files that load each other can be read in no order, and one of them sees the other half-made. ' +
        'Move what both need into a third file, or let the lower one take it as a parameter. ' +
        'Cycles of `import type` alone are allowed: they are gone at run time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'imports-lead-somewhere',
      comment: 'This import names a file or package that is not there. Fix the path or add the package.',
      severity: 'error',
      from: { pathNot: '^web/src/.*' },
      to: { couldNotResolve: true },
    },
    {
      name: 'contract-knows-nobody',
      comment:
        'The contract is read by the server and by browsers, so whatever it imports ends up in both. ' +
        'It may use zod and nothing else; put server or browser code on its own side.',
      severity: 'error',
      from: { path: '^contract/src/', pathNot: tests },
      to: { pathNot: '^contract/src/|^node_modules/zod/' },
    },
    {
      name: 'web-and-server-are-strangers',
      comment:
        'The package edge keeps secrets and Node code out of the browser without anyone watching. ' +
        'What both need to agree on belongs in the contract.',
      severity: 'error',
      from: { path: '^(server|web)/' },
      to: { path: '^(server|web)/', pathNot: '^$1/' },
    },
    {
      name: 'libraries-know-no-product',
      comment:
        'A library under packages/ stands on its own and can be published. Give it what it needs as a parameter.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(contract|server|web|e2e)/' },
    },
    {
      name: 'outside-clients-stay-outside',
      comment:
        'End-to-end tests speak to the product as a stranger does: over HTTP, sockets and media. ' +
        'Start the server as a process and use its interface; a test that needs its insides belongs beside them. ' +
        'Only a benchmark may take out one part and measure it alone.',
      severity: 'error',
      from: { path: '^e2e/', pathNot: '^e2e/bench/' },
      to: { path: '^(server|web)/' },
    },
    {
      name: 'mechanisms-know-no-feature',
      comment:
        'http, realtime, db, jobs and media know how, features know what. Turn the need into a parameter or a port ' +
        'that the feature hands over in app.ts.',
      severity: 'error',
      from: { path: mechanisms, pathNot: tests },
      to: { path: features },
    },
    {
      name: 'slices-meet-at-the-door',
      comment:
        "Another slice's files are its own affair: import from its index.ts. If the door lacks what you need, add one " +
        'named export there; if something must happen after a fact, listen to its event in subscriptions.ts.',
      severity: 'error',
      from: { path: `${features}/([^/]+)/`, pathNot: tests },
      to: { path: `${features}/[^/]+/`, pathNot: `${features}/$1/|${features}/[^/]+/index\\.ts$` },
    },
    {
      name: 'policy-only-decides',
      comment:
        'A policy takes facts and returns a decision, so that it can be read and tested as a table. Load the facts in ' +
        'the use case and pass them in: no database, clock, randomness, network or file here.',
      severity: 'error',
      from: { path: `${features}/[^/]+/[^/]*policy\\.ts$` },
      to: {
        path: [
          '^node_modules/',
          '^server/src/(app|main|config|clock|subscriptions)\\.ts$|^server/src/app/',
          mechanisms,
          `${features}/[^/]+/(store|routes|socket|jobs)\\.ts$`,
        ],
        pathNot: '^node_modules/zod/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'policy-does-no-io',
      comment: "A policy has no use for Node's own modules: time, randomness and files are facts it is given.",
      severity: 'error',
      from: { path: `${features}/[^/]+/[^/]*policy\\.ts$` },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'use-cases-know-no-binding',
      comment:
        'routes.ts and socket.ts bind use cases to the outside; nothing in the slice looks back at them. Move what is ' +
        'shared into the use case or a file of its own. Only the file that puts the slice together, named after it ' +
        '(chat/chat.ts, accounts/create-accounts.ts), knows both.',
      severity: 'error',
      from: {
        path: `${features}/`,
        pathNot: [
          `${features}/[^/]+/[^/]*(routes|socket|index)\\.ts$`,
          `${features}/(?<noun>[^/]+)/(create-)?\\k<noun>\\.ts$`,
          tests,
        ],
      },
      to: { path: `${features}/[^/]+/(routes|socket)\\.ts$` },
    },
    {
      name: 'stores-hold-only-sql',
      comment:
        'A store maps rows and receives its transaction. Deciding, announcing and answering happen in the use case.',
      severity: 'error',
      from: { path: `${features}/[^/]+/[^/]*store\\.ts$` },
      to: { path: '^server/src/(http|realtime|media)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'features-ask-for-ports',
      comment:
        'A feature names what it needs as a parameter; app.ts chooses the implementation. That is how the same use case ' +
        'runs on a fake in tests.',
      severity: 'error',
      from: { path: features, pathNot: tests },
      to: {
        path: '^server/src/(app|main|subscriptions)\\.ts$|^server/src/app/|^server/src/(media/(embedded|fake)|payments/(sandbox|stripe))/',
      },
    },
    {
      name: 'features-speak-no-protocol',
      comment:
        'Fastify, Socket.IO and the database driver are the business of http, realtime and db. Bind an operation or a ' +
        'command, and reach data through asActor.',
      severity: 'error',
      from: { path: features, pathNot: tests },
      to: { path: '^node_modules/(fastify|@fastify|socket\\.io|pg)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'media-engines-are-chosen-in-app',
      comment: 'The rest of the server knows the MediaEngine port (media/engine.ts), not who implements it.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: `^server/src/(app\\.ts$|media/|demo/)|${tests}` },
      to: { path: '^server/src/media/(embedded|fake)/' },
    },
    {
      name: 'web-features-do-not-mix',
      comment:
        'A page is put together in web/src/app, or in its own feature out of pieces that have no page (chat, comments, player, ' +
        'report, tip, patronage, tier); a piece knows no page and no other piece. What else two features share is a look (ui), talk with the ' +
        'server (api) or something that app hands to both.',
      severity: 'error',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: `^web/src/features/$1/|${pieces}` },
    },
    {
      name: 'web-pieces-stand-alone',
      comment:
        'A piece is used by several pages, so it may know none of them, and no other piece either: let the page that ' +
        'shows both pass one to the other as a property.',
      severity: 'error',
      from: { path: pieces },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    },
    {
      name: 'web-ground-floor-looks-up-to-nobody',
      comment: 'ui, api and i18n are used by features and app; they know neither. Pass it in as a property.',
      severity: 'error',
      from: { path: '^web/src/(ui|api|i18n)/' },
      to: { path: '^web/src/(features|app)/' },
    },
    {
      name: 'product-does-not-need-its-tests',
      comment: 'Test kits and tests do not ship. Move what the product needs out of them.',
      severity: 'error',
      from: { path: '^(contract|server|web|packages/[^/]+)/src/', pathNot: tests },
      to: { path: '(\\.test\\.tsx?$|\\.spec\\.ts$|^server/test/|^e2e/)' },
    },
    {
      name: 'scripts-need-only-node',
      comment:
        'The scripts run before anything is installed, on any Node from 20 on. Use what Node brings; a tool that is ' +
        'installed later is started as a process.',
      severity: 'error',
      from: { path: '^scripts/', pathNot: '\\.test\\.mjs$|^scripts/checks/dependency-rules\\.mjs$' },
      to: { pathNot: '^scripts/', dependencyTypesNot: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|^web/src/routeTree\\.gen\\.ts$' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css', '.d.ts'],
    },
  },
};

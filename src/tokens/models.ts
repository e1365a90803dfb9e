import { BPE, Unigram, WordPiece } from '@huggingface/tokenizers';
import { Failure } from '../failure/failure';
import { knownCharacters } from './knownCharacters';
import type { PieceModel, UnknownPiece } from './pieces';
import { piecesOf } from './surfaces';
import type { ModelFile } from './tokenizerFile';

type File<Type extends ModelFile['type']> = Extract<ModelFile, { type: Type }>;

/** The library's model for the file, made to say which characters each of its tokens stands for. */
export function modelOf(file: ModelFile, folder: string): PieceModel {
  switch (file.type) {
    case 'BPE':
      return bpe(file, folder);
    case 'Unigram':
      return unigram(file, folder);
    case 'WordPiece':
      return wordPiece(file, folder);
    case 'WordLevel':
      return wordLevel(file, folder);
  }
}

function bpe(file: File<'BPE'>, folder: string): PieceModel {
  // Neither the library nor any tokenizer of the families we run has BPE with such prefixes.
  if (file.continuing_subword_prefix)
    throw invalid(folder, 'BPE with a continuing_subword_prefix is not supported');
  const suffix = file.end_of_word_suffix ?? '';
  const library = new BPE({
    type: 'BPE',
    vocab: file.vocab,
    merges: file.merges.map((merge) => (typeof merge === 'string' ? splitMerge(merge) : merge)),
    unk_token: file.unk_token ?? '',
    end_of_word_suffix: suffix,
    ignore_merges: file.ignore_merges ?? false,
  });
  const vocabulary = library.tokens_to_ids;
  const unknown = file.unk_token ? unknownPiece(vocabulary, file.unk_token, folder) : null;
  const fallback = {
    bytes: file.byte_fallback ?? false,
    unknown,
    fuse: file.fuse_unk ?? false,
    keepsText: false,
  };
  return {
    vocabulary,
    tokenize(text) {
      const whole = file.ignore_merges ? vocabulary.get(text) : undefined;
      if (whole !== undefined) return [{ id: whole, piece: text, start: 0, end: text.length }];
      const known = unknown || fallback.bytes ? null : knownCharacters(text, suffix, vocabulary);
      const surfaces = library.bpe(known?.text ?? text);
      const pieces = piecesOf(
        surfaces.map((surface, index) => ({
          text: surface,
          length: surface.length - (index === surfaces.length - 1 ? suffix.length : 0),
        })),
        vocabulary,
        fallback,
      );
      return known ? pieces.map((piece) => known.placed(piece)) : pieces;
    },
  };
}

/** `a b`, where neither half holds a space. */
function splitMerge(merge: string): [string, string] {
  const [left = '', right = ''] = merge.split(' ');
  return [left, right];
}

function unigram(file: File<'Unigram'>, folder: string): PieceModel {
  const unknownId = file.unk_id ?? null;
  const entry = unknownId === null ? undefined : file.vocab[unknownId];
  if (unknownId === null || entry === undefined)
    throw invalid(folder, 'its Unigram model has no unknown token');
  const library = new Unigram({ type: 'Unigram', vocab: file.vocab, unk_id: unknownId }, '');
  const fallback = {
    bytes: file.byte_fallback ?? false,
    unknown: { id: unknownId, piece: entry[0] },
    fuse: true,
    keepsText: true,
  };
  return {
    vocabulary: library.tokens_to_ids,
    tokenize(text) {
      const surfaces = library
        .tokenize(text)
        .map((surface) => ({ text: surface, length: surface.length }));
      return piecesOf(surfaces, library.tokens_to_ids, fallback);
    },
  };
}

function wordPiece(file: File<'WordPiece'>, folder: string): PieceModel {
  const prefix = file.continuing_subword_prefix;
  const library = new WordPiece({
    type: 'WordPiece',
    vocab: file.vocab,
    unk_token: file.unk_token,
    continuing_subword_prefix: prefix,
    max_input_chars_per_word: file.max_input_chars_per_word,
  });
  const vocabulary = library.tokens_to_ids;
  const unknown = unknownPiece(vocabulary, file.unk_token, folder);
  return {
    vocabulary,
    tokenize(text) {
      const found = library.encode([text]);
      if (found.length === 1 && found[0] === unknown.piece)
        return [{ ...unknown, start: 0, end: text.length }];
      let at = 0;
      return found.map((piece, index) => {
        const start = at;
        at += piece.length - (index > 0 ? prefix.length : 0);
        return { id: vocabulary.get(piece) ?? unknown.id, piece, start, end: at };
      });
    },
  };
}

/** The library has no such model; it is a look-up. */
function wordLevel(file: File<'WordLevel'>, folder: string): PieceModel {
  const vocabulary = new Map(Object.entries(file.vocab));
  const unknown = unknownPiece(vocabulary, file.unk_token, folder);
  return {
    vocabulary,
    tokenize(text) {
      const id = vocabulary.get(text);
      const entry = id === undefined ? unknown : { id, piece: text };
      return [{ ...entry, start: 0, end: text.length }];
    },
  };
}

function unknownPiece(
  vocabulary: ReadonlyMap<string, number>,
  piece: string,
  folder: string,
): UnknownPiece {
  const id = vocabulary.get(piece);
  if (id === undefined)
    throw invalid(folder, `its unknown token ${piece} is not in its vocabulary`);
  return { id, piece };
}

const invalid = (folder: string, reason: string): Failure =>
  new Failure('tokenizer.invalid', { folder, reason });

import { generateKeyPairSync, sign } from 'node:crypto';

/** A key pair as the controller of sealed secrets has it: the certificate seals, the key opens. */
export type KeyPair = Readonly<{ certificate: string; privateKey: string }>;

/** Makes one, without a program: Node makes keys, and a certificate is a key with a few words around it, signed. */
export function makeKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const algorithm = sequence(tagged(0x06, Buffer.from('2a864886f70d01010b', 'hex')), tagged(0x05)); // sha256WithRSAEncryption
  const name = sequence();
  const content = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))), // version 3
    tagged(0x02, Buffer.from([1])), // serial number
    algorithm,
    name,
    sequence(...['200101000000Z', '491231235959Z'].map((time) => tagged(0x17, Buffer.from(time)))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = tagged(0x03, Buffer.from([0]), sign('sha256', content, privateKey));
  return {
    certificate: pem('CERTIFICATE', sequence(content, algorithm, signature)),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** A value of DER: what it is, how long it is, itself. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

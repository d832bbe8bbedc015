// What a file is, by its first bytes, as haalweg.adapters.media.kinds does: a name proves nothing.
/** So many of the first bytes tell all we know. */
export const HEAD_BYTES = 512;
const STARTS = [
    ["\xff\xd8\xff", "picture"], // JPEG
    ["\x89PNG\r\n\x1a\n", "picture"],
    ["GIF87a", "picture"],
    ["GIF89a", "picture"],
    ["II*\0", "picture"], // TIFF
    ["MM\0*", "picture"],
    ["BM", "picture"],
    ["\x1a\x45\xdf\xa3", "video"], // Matroska, WebM
    ["FLV\x01", "video"],
    ["OggS", "video"],
    ["\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"], // WMV, ASF
    ["\0\0\x01\xba", "video"], // MPEG program stream
    ["\0\0\x01\xb3", "video"], // MPEG-1 and MPEG-2 without a container
];
const HEIC_BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"];
const AVIF_BRANDS = ["avif", "avis"];
const OTHER_PICTURE_BRANDS = ["mif1", "mif2", "msf1"]; // both HEIC and AVIF: the brands that follow say which
const SOUND_BRANDS = ["M4A ", "M4B ", "M4P "];
const QUICKTIME_BOXES = ["moov", "mdat", "wide", "free", "skip", "pnot"]; // of the time before `ftyp`
const TS_PACKET = 188;
/** Tells by the first bytes, HEAD_BYTES of them if there are so many; null: nothing that we know. */
export function kindOf(head) {
    const text = String.fromCharCode(...head);
    for (const [start, kind] of STARTS) {
        if (text.startsWith(start))
            return kind;
    }
    if (text.startsWith("RIFF"))
        return text.startsWith("WEBP", 8) ? "picture" : text.startsWith("AVI ", 8) ? "video" : null;
    const box = text.slice(4, 8);
    if (box === "ftyp")
        return kindOfBrands(text, head);
    if (QUICKTIME_BOXES.includes(box))
        return "video";
    return text[0] === "G" && text[TS_PACKET] === "G" && text[2 * TS_PACKET] === "G" ? "video" : null;
}
function kindOfBrands(text, head) {
    const end = Math.min(head.length, new DataView(head.buffer, head.byteOffset).getUint32(0));
    const major = text.slice(8, 12);
    const others = [];
    for (let at = 16; at + 4 <= end; at += 4)
        others.push(text.slice(at, at + 4));
    if (SOUND_BRANDS.includes(major))
        return null;
    if (HEIC_BRANDS.includes(major))
        return "heic";
    if (AVIF_BRANDS.includes(major))
        return "picture";
    if (OTHER_PICTURE_BRANDS.includes(major))
        return others.some((brand) => AVIF_BRANDS.includes(brand)) ? "picture" : "heic";
    return "video";
}

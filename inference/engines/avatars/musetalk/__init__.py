"""MuseTalk: the mouth of a portrait painted anew for each picture, for GPU hosts.

MuseTalk (Zhang et al., arXiv 2410.10122) is published as weights and research scripts. This
package is a worker written against its architecture:

- A portrait or video is *prepared* once: faces found, each cropped to 256x256, the crop and
  the crop with its lower half blacked out encoded by a VAE to latents of 8x32x32.
- *Speech* becomes hidden states of Whisper's encoder, 50 a second. A picture hears those of
  its own 40 ms and of two pictures before and after.
- A *UNet* in one step, without noise, turns latents and speech into the latents of the
  speaking face, which the VAE decodes.
- The result is *pasted* through a mask with soft edges over jaw and mouth.

Preparation, windows, masks and pasting are numpy; only ``weights`` and ``network`` touch
torch. ``source.MuseTalkFrames`` puts them together, ``scheduler`` shares the card between
talks.
"""

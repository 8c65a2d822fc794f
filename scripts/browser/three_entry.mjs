/** What the three-dimensional face takes from three; the bundle holds this and no more. */

export {
  AlwaysStencilFunc, BackSide, Bone, BufferAttribute, BufferGeometry, ClampToEdgeWrapping,
  DecrementWrapStencilOp, DepthTexture, DoubleSide, FrontSide, IncrementWrapStencilOp,
  KeepStencilOp, LessEqualCompare, LinearFilter, LinearMipmapLinearFilter, Matrix4, Mesh,
  NotEqualStencilFunc, Object3D, OrthographicCamera, PerspectiveCamera, PlaneGeometry,
  SRGBColorSpace, Scene, ShaderMaterial, Skeleton, SkinnedMesh, Texture, UnsignedIntType, Vector3,
  WebGLRenderTarget, WebGLRenderer,
} from "three";

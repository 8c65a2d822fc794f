"""Making the tutors' heads: from CC0 measurements of bodies to one GLB each.

``source`` reads the MakeHuman data, ``sculpt`` shapes a person from it, the modules of
single parts (``skin_mesh``, ``eyes``, ``mouth``, ``brows``, ``hair_*``, ``garments``) make
what is drawn, ``expressions`` says what each morph target does, ``paint_*`` fills the
textures, and ``build`` puts it all into a file. Lengths are metres: x to the person's
left, y up, z to the front.
"""

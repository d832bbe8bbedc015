
  var bufferView;
  var base64ReverseLookup = new Uint8Array(123/*'z'+1*/);
  for (var i = 25; i >= 0; --i) {
    base64ReverseLookup[48+i] = 52+i; // '0-9'
    base64ReverseLookup[65+i] = i; // 'A-Z'
    base64ReverseLookup[97+i] = 26+i; // 'a-z'
  }
  base64ReverseLookup[43] = 62; // '+'
  base64ReverseLookup[47] = 63; // '/'
  /** @noinline Inlining this function would mean expanding the base64 string 4x times in the source code, which Closure seems to be happy to do. */
  function base64DecodeToExistingUint8Array(uint8Array, offset, b64) {
    var b1, b2, i = 0, j = offset, bLength = b64.length, end = offset + (bLength*3>>2) - (b64[bLength-2] == '=') - (b64[bLength-1] == '=');
    for (; i < bLength; i += 4) {
      b1 = base64ReverseLookup[b64.charCodeAt(i+1)];
      b2 = base64ReverseLookup[b64.charCodeAt(i+2)];
      uint8Array[j++] = base64ReverseLookup[b64.charCodeAt(i)] << 2 | b1 >> 4;
      if (j < end) uint8Array[j++] = b1 << 4 | b2 >> 2;
      if (j < end) uint8Array[j++] = b2 << 6 | base64ReverseLookup[b64.charCodeAt(i+3)];
    }
  }
function initActiveSegments(imports) {
  base64DecodeToExistingUint8Array(bufferView, 262144, "Z+YJaoWuZ7ty8248OvVPpX9SDlGMaAWbq9mDHxnN4FuYL4pCkUQ3cc/7wLWl27XpW8JWOfER8Vmkgj+S1V4cq5iqB9gBW4MSvoUxJMN9DFV0Xb5y/rHegKcG3Jt08ZvBwWmb5IZHvu/GncEPzKEMJG8s6S2qhHRK3KmwXNqI+XZSUT6YbcYxqMgnA7DHf1m/8wvgxkeRp9VRY8oGZykpFIUKtyc4IRsu/G0sTRMNOFNUcwpluwpqdi7JwoGFLHKSoei/oktmGqhwi0vCo1FsxxnoktEkBpnWhTUO9HCgahAWwaQZCGw3Hkx3SCe1vLA0swwcOUqq2E5Pypxb828uaO6Cj3RvY6V4FHjIhAgCx4z6/76Q62xQpPej+b7yeHHGeKRq11a3x+jbcCAk7s69wa8PfPUqxodHE0YwqAGVRv3YmIBpr/dEi7Fb//++11yJIhGQa5NxmP2OQ3mmIQi0SWIlHvZAs0DAUVpeJqrHtuldEC/WUxREAoHmodjI+9Pn5s3hIdYHN8OHDdX07RRaRQXp46n4o+/82QJvZ4pMKo1COfr/gfZxhyJhnW0MOOX9ROq+pKnP3ktgS7v2cLy/vsZ+myj6J6HqhTDv1AUdiAQ50NTZ5Znb5vh8oh9lVqzERCIp9Jf/KkOnI5SrOaCT/MNZW2WSzAyPffTv/9FdhIVPfqhv4OYs/hRDAaOhEQhOgn5T9zXyOr270tcqkdOG6wcAAAAMAAAAEQAAABYAAAAFAAAACQAAAA4AAAAUAAAABAAAAAsAAAAQAAAAFwAAAAYAAAAKAAAADwAAABUAAABzY2FsYXIAYXZ4MgAAAAAAhxaZPqJFFj/VeOk9AAAAAAAAgD8=");
  base64DecodeToExistingUint8Array(bufferView, 262804, "AgAAAAQAAAAFAAAABgAAAAcAAAADAAAAAQAAAAEAAAACAAAAAwAAAAQAAAAFAAAABgAAAAcAAAAIAAAACQAAAAo=");
  base64DecodeToExistingUint8Array(bufferView, 262880, "/vY0PmOHND5yqDM+tFoyPvaeMD5Mdi4+CuIrPsbjKD5ZfSU+3bAhPqiAHT5R7xg+qP8TPrm0Dj7HEQk+TBoDPu2j+T1Neew91bzePf920D2YsME9vXKyPdXGoj2JtpI9wUuCPT0hYz3kHkE9cKUePUqU9zwERbE81BBVPHEojjtxKI671BBVvARFsbxKlPe8cKUeveQeQb09IWO9wUuCvYm2kr3VxqK9vXKyvZiwwb3/dtC91bzevU157L3to/m9TBoDvscRCb65tA6+qP8TvlHvGL6ogB2+3bAhvll9Jb7G4yi+CuIrvkx2Lr72njC+tFoyvnKoM75jhzS+/vY0viHNND5hDzM+K5gvPgxwKj65oyM+9UMbPmZlET5hIAY+XCHzPYuq1z0FILo9nsqaPS/vcz277y89CX3UPHsdDjx7HQ68CX3UvLvvL70v73O9nsqavQUgur2Lqte9XCHzvWEgBr5mZRG+9UMbvrmjI74McCq+K5gvvmEPM74hzTS+Ic00vmEPM74rmC++DHAqvrmjI771Qxu+ZmURvmEgBr5cIfO9i6rXvQUgur2eypq9L+9zvbvvL70JfdS8ex0OvHsdDjwJfdQ8u+8vPS/vcz2eypo9BSC6PYuq1z1cIfM9YSAGPmZlET71Qxs+uaMjPgxwKj4rmC8+YQ8zPiHNND5jhzQ+9p4wPsbjKD6ogB0+ubQOPu2j+T3/dtA91caiPT0hYz1KlPc8cSiOOwRFsbzkHkG9ibaSvZiwwb1Neey9xxEJvlHvGL5ZfSW+THYuvnKoM77+9jS+tFoyvgriK77dsCG+qP8TvkwaA77VvN69vXKyvcFLgr1wpR691BBVvNQQVTxwpR49wUuCPb1ysj3VvN49TBoDPqj/Ez7dsCE+CuIrPrRaMj7+9jQ+cqgzPkx2Lj5ZfSU+Ue8YPscRCT5Neew9mLDBPYm2kj3kHkE9BEWxPHEojrtKlPe8PSFjvdXGor3/dtC97aP5vbm0Dr6ogB2+xuMovvaeML5jhzS+ziU0PoY5LT4SpR8+Cu4LPsas5T3yqao9RTBSPanxjTyp8Y28RTBSvfKpqr3GrOW9Cu4LvhKlH76GOS2+ziU0vs4lNL6GOS2+EqUfvgruC77GrOW98qmqvUUwUr2p8Y28qfGNPEUwUj3yqao9xqzlPQruCz4SpR8+hjktPs4lND7OJTQ+hjktPhKlHz4K7gs+xqzlPfKpqj1FMFI9qfGNPKnxjbxFMFK98qmqvcas5b0K7gu+EqUfvoY5Lb7OJTS+ziU0voY5Lb4SpR++Cu4Lvsas5b3yqaq9RTBSvanxjbyp8Y08RTBSPfKpqj3GrOU9Cu4LPhKlHz6GOS0+ziU0PnKoMz7G4yg+qP8TPk157D3VxqI9cKUePXEojrvkHkG9vXKyve2j+b1R7xi+CuIrvmOHNL60WjK+WX0lvrm0Dr7VvN69ibaSvUqU97zUEFU8PSFjPZiwwT1MGgM+qIAdPkx2Lj7+9jQ+9p4wPt2wIT7HEQk+/3bQPcFLgj0ERbE8BEWxvMFLgr3/dtC9xxEJvt2wIb72njC+/vY0vkx2Lr6ogB2+TBoDvpiwwb09IWO91BBVvEqU9zyJtpI91bzePbm0Dj5ZfSU+tFoyPmOHND4K4is+Ue8YPu2j+T29crI95B5BPXEojjtwpR691caivU157L2o/xO+xuMovnKoM75hDzM+uaMjPmEgBj4FILo9u+8vPXsdDrwv73O9i6rXvWZlEb4McCq+Ic00viuYL771Qxu+XCHzvZ7Kmr0JfdS8CX3UPJ7Kmj1cIfM99UMbPiuYLz4hzTQ+DHAqPmZlET6Lqtc9L+9zPXsdDjy77y+9BSC6vWEgBr65oyO+YQ8zvmEPM765oyO+YSAGvgUgur277y+9ex0OPC/vcz2Lqtc9ZmURPgxwKj4hzTQ+K5gvPvVDGz5cIfM9nsqaPQl91DwJfdS8nsqavVwh8731Qxu+K5gvviHNNL4McCq+ZmURvouq170v73O9ex0OvLvvLz0FILo9YSAGPrmjIz5hDzM+tFoyPqiAHT5Neew9wUuCPXEojjs9IWO91bzevVHvGL72njC+cqgzvt2wIb7to/m9ibaSvdQQVbzkHkE9/3bQPaj/Ez5Mdi4+Y4c0Pll9JT5MGgM+1caiPQRFsTxwpR69mLDBvbm0Dr4K4iu+/vY0vsbjKL7HEQm+vXKyvUqU97xKlPc8vXKyPccRCT7G4yg+/vY0PgriKz65tA4+mLDBPXClHj0ERbG81caivUwaA75ZfSW+Y4c0vkx2Lr6o/xO+/3bQveQeQb3UEFU8ibaSPe2j+T3dsCE+cqgzPvaeMD5R7xg+1bzePT0hYz1xKI67wUuCvU157L2ogB2+tFoyvoWKMT4XgxY+TiPJPa9CDT2vQg29TiPJvReDFr6FijG+hYoxvheDFr5OI8m9r0INva9CDT1OI8k9F4MWPoWKMT6FijE+F4MWPk4jyT2vQg09r0INvU4jyb0Xgxa+hYoxvoWKMb4Xgxa+TiPJva9CDb2vQg09TiPJPReDFj6FijE+hYoxPheDFj5OI8k9r0INPa9CDb1OI8m9F4MWvoWKMb6FijG+F4MWvk4jyb2vQg29r0INPU4jyT0XgxY+hYoxPoWKMT4XgxY+TiPJPa9CDT2vQg29TiPJvReDFr6FijG+hYoxvheDFr5OI8m9r0INva9CDT1OI8k9F4MWPoWKMT72njA+ubQOPtXGoj1xKI47ibaSvccRCb5Mdi6+tFoyvqj/E769crK91BBVvMFLgj1MGgM+CuIrPnKoMz5R7xg+mLDBPQRFsTw9IWO97aP5vcbjKL5jhzS+qIAdvv920L1KlPe85B5BPU157D1ZfSU+/vY0Pt2wIT7VvN49cKUePXClHr3VvN693bAhvv72NL5ZfSW+TXnsveQeQb1KlPc8/3bQPaiAHT5jhzQ+xuMoPu2j+T09IWM9BEWxvJiwwb1R7xi+cqgzvgriK75MGgO+wUuCvdQQVTy9crI9qP8TPrRaMj5Mdi4+xxEJPom2kj1xKI671caivbm0Dr72njC+K5gvPmEgBj4v73M9CX3UvIuq1725oyO+Ic00vvVDG74FILq9ex0OvJ7Kmj1mZRE+YQ8zPgxwKj5cIfM9u+8vPbvvL71cIfO9DHAqvmEPM75mZRG+nsqavXsdDjwFILo99UMbPiHNND65oyM+i6rXPQl91Dwv73O9YSAGviuYL74rmC++YSAGvi/vc70JfdQ8i6rXPbmjIz4hzTQ+9UMbPgUguj17HQ48nsqavWZlEb5hDzO+DHAqvlwh87277y+9u+8vPVwh8z0McCo+YQ8zPmZlET6eypo9ex0OvAUgur31Qxu+Ic00vrmjI76Lqte9CX3UvC/vcz1hIAY+K5gvPkx2Lj7to/k9cKUePT0hY73HEQm+tFoyvsbjKL7VvN69BEWxvIm2kj2o/xM+Y4c0Pt2wIT6YsME9cSiOO71ysr2ogB2+/vY0vlHvGL7VxqK91BBVPP920D1ZfSU+cqgzPrm0Dj7BS4I9SpT3vE157L0K4iu+9p4wvkwaA77kHkG95B5BPUwaAz72njA+CuIrPk157D1KlPc8wUuCvbm0Dr5yqDO+WX0lvv920L3UEFW81caiPVHvGD7+9jQ+qIAdPr1ysj1xKI67mLDBvd2wIb5jhzS+qP8Tvom2kr0ERbE81bzePcbjKD60WjI+xxEJPj0hYz1wpR697aP5vUx2Lr6GOS0+xqzlPanxjTzyqaq9EqUfvs4lNL4K7gu+RTBSvUUwUj0K7gs+ziU0PhKlHz7yqao9qfGNvMas5b2GOS2+hjktvsas5b2p8Y288qmqPRKlHz7OJTQ+Cu4LPkUwUj1FMFK9Cu4Lvs4lNL4SpR++8qmqvanxjTzGrOU9hjktPoY5LT7GrOU9qfGNPPKpqr0SpR++ziU0vgruC75FMFK9RTBSPQruCz7OJTQ+EqUfPvKpqj2p8Y28xqzlvYY5Lb6GOS2+xqzlvanxjbzyqao9EqUfPs4lND4K7gs+RTBSPUUwUr0K7gu+ziU0vhKlH77yqaq9qfGNPMas5T2GOS0+CuIrPv920D1xKI671bzevUx2Lr7G4yi+mLDBvdQQVTxNeew99p4wPll9JT69crI9BEWxvO2j+b20WjK+3bAhvtXGor1KlPc8TBoDPnKoMz6ogB0+ibaSPXClHr3HEQm+Y4c0vlHvGL7BS4K95B5BPbm0Dj7+9jQ+qP8TPj0hYz09IWO9qP8Tvv72NL65tA6+5B5BvcFLgj1R7xg+Y4c0PscRCT5wpR49ibaSvaiAHb5yqDO+TBoDvkqU97zVxqI93bAhPrRaMj7to/k9BEWxPL1ysr1ZfSW+9p4wvk157L3UEFW8mLDBPcbjKD5Mdi4+1bzePXEojjv/dtC9CuIrvgxwKj4FILo9CX3UvGEgBr4hzTS+ZmURvrvvL72eypo9uaMjPiuYLz6Lqtc9ex0OvFwh871hDzO+9UMbvi/vc70v73M99UMbPmEPMz5cIfM9ex0OPIuq170rmC++uaMjvp7Kmr277y89ZmURPiHNND5hIAY+CX3UPAUgur0McCq+DHAqvgUgur0JfdQ8YSAGPiHNND5mZRE+u+8vPZ7Kmr25oyO+K5gvvouq1717HQ48XCHzPWEPMz71Qxs+L+9zPS/vc731Qxu+YQ8zvlwh8717HQ68i6rXPSuYLz65oyM+nsqaPbvvL71mZRG+Ic00vmEgBr4JfdS8BSC6PQxwKj7G4yg+1caiPeQeQb1R7xi+tFoyvtW83r3UEFU8TBoDPv72ND7HEQk+BEWxPP920L32njC+qIAdvj0hY72JtpI9WX0lPgriKz69crI9cKUevaj/E75yqDO+TXnsvXEojjvto/k9Y4c0Prm0Dj5KlPc8mLDBvUx2Lr7dsCG+wUuCvcFLgj3dsCE+THYuPpiwwT1KlPe8ubQOvmOHNL7to/m9cSiOu0157D1yqDM+qP8TPnClHj29crK9CuIrvll9Jb6JtpK9PSFjPaiAHT72njA+/3bQPQRFsbzHEQm+/vY0vkwaA77UEFW81bzePbRaMj5R7xg+5B5BPdXGor3G4yi+dD0nPtSLij3Ui4q9dD0nvnQ9J77Ui4q91IuKPXQ9Jz50PSc+1IuKPdSLir10PSe+dD0nvtSLir3Ui4o9dD0nPnQ9Jz7Ui4o91IuKvXQ9J750PSe+1IuKvdSLij10PSc+dD0nPtSLij3Ui4q9dD0nvnQ9J77Ui4q91IuKPXQ9Jz50PSc+1IuKPdSLir10PSe+dD0nvtSLir3Ui4o9dD0nPnQ9Jz7Ui4o91IuKvXQ9J750PSe+1IuKvdSLij10PSc+dD0nPtSLij3Ui4q9dD0nvnQ9J77Ui4q91IuKPXQ9Jz50PSc+1IuKPdSLir10PSe+dD0nvtSLir3Ui4o9dD0nPv72ND4hzTQ+Y4c0Ps4lND5yqDM+YQ8zPrRaMj6FijE+9p4wPiuYLz5Mdi4+hjktPgriKz4McCo+xuMoPnQ9Jz5jhzQ+YQ8zPvaeMD6GOS0+xuMoPrmjIz6ogB0+F4MWPrm0Dj5hIAY+7aP5Pcas5T3/dtA9BSC6PdXGoj3Ui4o9cqgzPiuYLz7G4yg+EqUfPqj/Ez5hIAY+TXnsPU4jyT3VxqI9L+9zPXClHj2p8Y08cSiOuwl91LzkHkG91IuKvbRaMj4McCo+qIAdPgruCz5Neew9BSC6PcFLgj2vQg09cSiOOwl91Lw9IWO98qmqvdW83r1hIAa+Ue8YvnQ9J772njA+uaMjPrm0Dj7GrOU91caiPbvvLz1xKI47r0INvYm2kr2Lqte9xxEJvhKlH75Mdi6+Ic00vrRaMr50PSe+THYuPvVDGz7to/k98qmqPXClHj17HQ68PSFjvU4jyb3HEQm+uaMjvrRaMr7OJTS+xuMovmZlEb7VvN691IuKvQriKz5mZRE+/3bQPUUwUj1xKI67L+9zvdW83r0Xgxa+THYuviHNNL7G4yi+Cu4Lvpiwwb277y+91BBVPNSLij3G4yg+YSAGPtXGoj2p8Y085B5BvYuq171R7xi+hYoxvrRaMr71Qxu+1bzevUUwUr3UEFU8nsqaPUwaAz50PSc+WX0lPlwh8z09IWM9qfGNvL1ysr1mZRG+9p4wvoWKMb6o/xO+BSC6vQRFsbxFMFI9TXnsPbmjIz7+9jQ+dD0nPt2wIT6Lqtc9SpT3PEUwUr3to/m9DHAqvnKoM74Xgxa+vXKyvXsdDryJtpI9Cu4LPvaeMD4rmC8+xxEJPtSLij2ogB0+BSC6PXEojjvyqaq9Ue8YviHNNL7dsCG+TiPJvdQQVbyeypo9qP8TPs4lND5ZfSU+i6rXPQRFsTzUi4q9Ue8YPp7Kmj0ERbG8xqzlvQriK74rmC++7aP5va9CDb3BS4I9ZmURPmOHND4SpR8+vXKyPXsdDrz/dtC9dD0nvqj/Ez4v73M95B5BvQruC75jhzS+9UMbvom2kr2vQg09TBoDPmEPMz7dsCE+8qmqPQRFsbxcIfO99p4wvnQ9J765tA4+u+8vPYm2kr0SpR++tFoyvlwh873UEFW8TiPJPQriKz4McCo+mLDBPanxjbzto/m9YQ8zvqiAHb7Ui4q9xxEJPgl91DyYsMG9hjktvll9Jb6eypq95B5BPReDFj5yqDM+XCHzPXEojjvGrOW9tFoyvvVDG749IWO91IuKPUwaAz57HQ48TXnsvc4lNL65tA6+CX3UvP920D2FijE+Ue8YPrvvLz29crK9hjktvt2wIb4v73O9ibaSPXQ9Jz7to/k9ex0OvMcRCb7OJTS+1bzevQl91Dyo/xM+hYoxPpiwwT277y+9qIAdvoY5Lb7VxqK9L+9zPVl9JT50PSc+TXnsPQl91LxR7xi+hjktvom2kr2eypo9THYuPheDFj4ERbE8XCHzvf72NL7GrOW9SpT3PPVDGz4K4is+1IuKPdW83j277y+9WX0lvhKlH75KlPe8XCHzPWOHND5OI8k9PSFjvQxwKr5R7xi+qfGNvEwaAz5hDzM+vXKyPdSLir3/dtA9L+9zvUx2Lr4K7gu+1BBVPPVDGz5ZfSU+r0INPe2j+b1hDzO+1caivfKpqj1yqDM+XCHzPXClHr10PSe+mLDBPZ7Kmr1yqDO+xqzlvT0hYz0rmC8+TBoDPq9CDb3G4yi+ZmURvtQQVTwSpR8+qIAdPnsdDjyo/xO+dD0nvr1ysj0FILq9/vY0vvKpqr2YsME9Ic00PtXGoj1OI8m9Y4c0vp7Kmr3/dtA9ziU0Pom2kj2Lqte9cqgzvtSLir3VxqI9i6rXvbRaMr5FMFK9TBoDPgxwKj4ERbE8F4MWvqiAHb57HQ48WX0lPgruCz5wpR69K5gvvk157L3Ui4o9ibaSPVwh870K4iu+qfGNvKiAHT5mZRE+cKUevYWKMb7/dtC9BSC6PXKoMz5FMFI9xxEJvrmjI75xKI47dD0nPsFLgj1hIAa+3bAhvqnxjTxMdi4+i6rXPZiwwb2FijG+SpT3vPVDGz65tA4+RTBSvWOHNL6eypq97aP5PXQ9Jz49IWM9ZmURvqj/E75FMFI9/vY0Pi/vcz25tA6+F4MWvuQeQT0hzTQ+wUuCPQruC75R7xi+u+8vPWOHND7Ui4o95B5BPfVDG75MGgO+8qmqPfaeMD57HQ48CuIrvk4jyb1Neew9uaMjPkqU97zOJTS+wUuCvWZlET65tA4+1IuKvXClHj25oyO+1bzevcas5T3dsCE+u+8vvf72NL6vQg29WX0lPouq1z1Neey9EqUfvuQeQT0hzTQ+SpT3PHQ9J75KlPc8DHAqvr1ysr0K7gs+xxEJPgUgur3G4yi+r0INPf72ND4JfdQ8CuIrvvKpqr25tA4+YSAGPpiwwb10PSe+BEWxPCuYL77BS4K9EqUfPv920D1hIAa+xxEJvk4jyT3dsCE+L+9zvfaeML6p8Y08/vY0Pgl91DxMdi6+1IuKvdQQVTxhDzO+cKUevYY5LT7BS4I9uaMjvr1ysr0XgxY+1bzePWEgBr5MGgO+xqzlPaj/Ez4FILq93bAhvtSLij1xKI47Ic00vtQQVbzOJTQ+BEWxPGEPM75KlPe8hYoxPnClHj0rmC++5B5BvYY5LT49IWM9DHAqvsFLgr10PSc+cSiOuyHNNL7UEFU8ziU0PgRFsbxhDzO+SpT3PIWKMT5wpR69K5gvvuQeQT2GOS0+PSFjvQxwKr7BS4I9dD0nPtQQVbxhDzO+cKUePYY5LT7BS4K9uaMjvr1ysj0XgxY+1bzevWEgBr5MGgM+xqzlPaj/E74FILq93bAhPtSLij0ERbG8K5gvvsFLgj0SpR8+/3bQvWEgBr7HEQk+TiPJPd2wIb4v73O99p4wPqnxjTz+9jS+CX3UPEx2Lj7Ui4q9SpT3vAxwKr69crI9Cu4LPscRCb4FILq9xuMoPq9CDT3+9jS+CX3UPAriKz7yqaq9ubQOvmEgBj6YsME9dD0nvnClHr25oyO+1bzePcas5T3dsCG+u+8vvf72ND6vQg29WX0lvouq1z1Neew9EqUfvuQeQb0hzTQ+SpT3vHQ9J77kHkG99UMbvkwaAz7yqao99p4wvnsdDjwK4is+TiPJvU157L25oyM+SpT3PM4lNL7BS4I9ZmURPrm0Dr7Ui4q9PSFjvWZlEb6o/xM+RTBSPf72NL4v73M9ubQOPheDFr7kHkG9Ic00PsFLgr0K7gu+Ue8YPrvvLz1jhzS+1IuKPcFLgr1hIAa+3bAhPqnxjTxMdi6+i6rXPZiwwT2FijG+SpT3PPVDGz65tA6+RTBSvWOHND6eypq97aP5vXQ9Jz6JtpK9XCHzvQriKz6p8Y28qIAdvmZlET5wpR49hYoxvv920D0FILo9cqgzvkUwUj3HEQk+uaMjvnEojrt0PSc+1caivYuq1720WjI+RTBSvUwaA74McCo+BEWxvBeDFr6ogB0+ex0OPFl9Jb4K7gs+cKUePSuYL75Neew91IuKPb1ysr0FILq9/vY0PvKpqr2YsMG9Ic00PtXGor1OI8m9Y4c0Pp7Kmr3/dtC9ziU0Pom2kr2Lqte9cqgzPtSLir2YsMG9nsqavXKoMz7GrOW9PSFjvSuYLz5MGgO+r0INvcbjKD5mZRG+1BBVvBKlHz6ogB2+ex0OPKj/Ez50PSe+/3bQvS/vc71Mdi4+Cu4LvtQQVbz1Qxs+WX0lvq9CDT3to/k9YQ8zvtXGoj3yqao9cqgzvlwh8z1wpR49dD0nvtW83r277y+9WX0lPhKlH75KlPc8XCHzPWOHNL5OI8k9PSFjPQxwKr5R7xg+qfGNvEwaA75hDzM+vXKyvdSLir1Neey9CX3UvFHvGD6GOS2+ibaSPZ7Kmj1Mdi6+F4MWPgRFsbxcIfO9/vY0Psas5b1KlPe89UMbPgriK77Ui4o97aP5vXsdDrzHEQk+ziU0vtW83j0JfdQ8qP8TvoWKMT6YsMG9u+8vvaiAHT6GOS2+1caiPS/vcz1ZfSW+dD0nPkwaA757HQ48TXnsPc4lNL65tA4+CX3UvP920L2FijE+Ue8YvrvvLz29crI9hjktvt2wIT4v73O9ibaSvXQ9Jz7HEQm+CX3UPJiwwT2GOS2+WX0lPp7Kmr3kHkG9F4MWPnKoM75cIfM9cSiOu8as5b20WjI+9UMbvj0hYz3Ui4o9ubQOvrvvLz2JtpI9EqUfvrRaMj5cIfO91BBVPE4jyT0K4iu+DHAqPpiwwb2p8Y287aP5PWEPM76ogB0+1IuKvaj/E74v73M95B5BPQruC75jhzQ+9UMbvom2kj2vQg09TBoDvmEPMz7dsCG+8qmqPQRFsTxcIfO99p4wPnQ9J75R7xi+nsqaPQRFsTzGrOW9CuIrPiuYL77to/k9r0INvcFLgr1mZRE+Y4c0vhKlHz69crK9ex0OvP920D10PSe+qIAdvgUguj1xKI678qmqvVHvGD4hzTS+3bAhPk4jyb3UEFU8nsqaPaj/E77OJTQ+WX0lvouq1z0ERbG81IuKvd2wIb6Lqtc9SpT3vEUwUr3to/k9DHAqvnKoMz4Xgxa+vXKyPXsdDryJtpK9Cu4LPvaeML4rmC8+xxEJvtSLij1ZfSW+XCHzPT0hY72p8Y28vXKyPWZlEb72njA+hYoxvqj/Ez4FILq9BEWxPEUwUj1Neey9uaMjPv72NL50PSc+xuMovmEgBj7VxqK9qfGNPOQeQT2Lqte9Ue8YPoWKMb60WjI+9UMbvtW83j1FMFK91BBVvJ7Kmj1MGgO+dD0nPgriK75mZRE+/3bQvUUwUj1xKI47L+9zvdW83j0Xgxa+THYuPiHNNL7G4yg+Cu4LvpiwwT277y+91BBVvNSLij1Mdi6+9UMbPu2j+b3yqao9cKUevXsdDrw9IWM9TiPJvccRCT65oyO+tFoyPs4lNL7G4yg+ZmURvtW83j3Ui4q99p4wvrmjIz65tA6+xqzlPdXGor277y89cSiOu69CDb2JtpI9i6rXvccRCT4SpR++THYuPiHNNL60WjI+dD0nvrRaMr4McCo+qIAdvgruCz5Neey9BSC6PcFLgr2vQg09cSiOuwl91Lw9IWM98qmqvdW83j1hIAa+Ue8YPnQ9J75yqDO+K5gvPsbjKL4SpR8+qP8TvmEgBj5Neey9TiPJPdXGor0v73M9cKUevanxjTxxKI47CX3UvOQeQT3Ui4q9Y4c0vmEPMz72njC+hjktPsbjKL65oyM+qIAdvheDFj65tA6+YSAGPu2j+b3GrOU9/3bQvQUguj3VxqK91IuKPf72NL4hzTQ+Y4c0vs4lND5yqDO+YQ8zPrRaMr6FijE+9p4wviuYLz5Mdi6+hjktPgriK74McCo+xuMovnQ9Jz4=");
}

  var scratchBuffer = new ArrayBuffer(16);
  var i32ScratchView = new Int32Array(scratchBuffer);
  var f32ScratchView = new Float32Array(scratchBuffer);
  var f64ScratchView = new Float64Array(scratchBuffer);
  
  function wasm2js_scratch_store_i32(index, value) {
    i32ScratchView[index] = value;
  }
      
  function wasm2js_scratch_load_f32() {
    return f32ScratchView[2];
  }
      
  function wasm2js_scratch_store_f32(value) {
    f32ScratchView[2] = value;
  }
      
  function wasm2js_scratch_load_i32(index) {
    return i32ScratchView[index];
  }
      
function asmFunc(imports) {
 var buffer = new ArrayBuffer(327680);
 var HEAP8 = new Int8Array(buffer);
 var HEAP16 = new Int16Array(buffer);
 var HEAP32 = new Int32Array(buffer);
 var HEAPU8 = new Uint8Array(buffer);
 var HEAPU16 = new Uint16Array(buffer);
 var HEAPU32 = new Uint32Array(buffer);
 var HEAPF32 = new Float32Array(buffer);
 var HEAPF64 = new Float64Array(buffer);
 var Math_imul = Math.imul;
 var Math_fround = Math.fround;
 var Math_abs = Math.abs;
 var Math_clz32 = Math.clz32;
 var Math_min = Math.min;
 var Math_max = Math.max;
 var Math_floor = Math.floor;
 var Math_ceil = Math.ceil;
 var Math_trunc = Math.trunc;
 var Math_sqrt = Math.sqrt;
 var global$0 = 262144;
 var i64toi32_i32$HIGH_BITS = 0;
 function $0($0_1) {
  $0_1 = $0_1 | 0;
  return $18($0_1) | 0;
 }
 
 function $1($0_1) {
  $0_1 = $0_1 | 0;
  $19($0_1);
 }
 
 function $2() {
  return 5;
 }
 
 function $3() {
  return 262144;
 }
 
 function $4($0_1, $1_1, $2_1, $3_1, $4_1, $5_1, $6_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  $3_1 = $3_1 | 0;
  $4_1 = $4_1 | 0;
  $5_1 = $5_1 | 0;
  $6_1 = $6_1 | 0;
  var $7_1 = Math_fround(0), $8_1 = 0, $9_1 = 0, $10_1 = 0;
  $9_1 = global$0 - 32 | 0;
  global$0 = $9_1;
  HEAP32[$9_1 + 28 >> 2] = $4_1;
  HEAP32[$9_1 + 24 >> 2] = $3_1;
  HEAP32[$9_1 + 20 >> 2] = $2_1;
  HEAP32[$9_1 + 16 >> 2] = $1_1;
  HEAP32[$9_1 + 12 >> 2] = $0_1;
  $3_1 = 0;
  $0_1 = global$0;
  $10_1 = $0_1;
  $0_1 = $0_1 - 16640 & -32;
  global$0 = $0_1;
  $1_1 = $9_1 + 12 | 0;
  $2_1 = HEAP32[$1_1 + 4 >> 2];
  $4_1 = HEAP32[$1_1 + 8 >> 2];
  block2 : {
   if (!(($2_1 | 0) == 64 & ($4_1 | 0) == 64)) {
    if (!HEAPU8[289472]) {
     $2_1 = 0;
     HEAP32[68180] = 0;
     HEAP32[68178] = 0;
     HEAP32[68179] = 0;
     HEAP32[68176] = 0;
     HEAP32[68177] = 0;
     HEAP32[67983] = 0;
     HEAP32[67981] = 0;
     HEAP32[67982] = 0;
     HEAP32[67979] = 0;
     HEAP32[67980] = 0;
     HEAP32[67977] = 0;
     HEAP32[67978] = 0;
     HEAP32[67784] = 0;
     HEAP32[67782] = 0;
     HEAP32[67783] = 0;
     HEAP32[67780] = 0;
     HEAP32[67781] = 0;
     HEAP32[67778] = 0;
     HEAP32[67779] = 0;
     HEAP32[67776] = 0;
     HEAP32[67777] = 0;
     while (1) {
      $4_1 = $2_1 + 271104 | 0;
      $8_1 = $4_1 + 1644 | 0;
      HEAP32[$8_1 >> 2] = 0;
      HEAP32[$8_1 + 4 >> 2] = 0;
      $8_1 = $4_1 + 1636 | 0;
      HEAP32[$8_1 >> 2] = 0;
      HEAP32[$8_1 + 4 >> 2] = 0;
      $8_1 = $4_1 + 1628 | 0;
      HEAP32[$8_1 >> 2] = 0;
      HEAP32[$8_1 + 4 >> 2] = 0;
      $4_1 = $4_1 + 1620 | 0;
      HEAP32[$4_1 >> 2] = 0;
      HEAP32[$4_1 + 4 >> 2] = 0;
      $2_1 = $2_1 + 32 | 0;
      if (($2_1 | 0) != 256) {
       continue
      }
      break;
     };
     HEAP32[68249] = 0;
     HEAP32[68250] = 0;
     HEAP32[68247] = 0;
     HEAP32[68248] = 0;
     HEAP32[68245] = 0;
     HEAP32[68246] = 0;
     $2_1 = 0;
     while (1) {
      $4_1 = $2_1 + 273004 | 0;
      HEAP32[$4_1 >> 2] = 0;
      HEAP32[$4_1 + 4 >> 2] = 0;
      $2_1 = $2_1 + 8 | 0;
      if (($2_1 | 0) != 64) {
       continue
      }
      break;
     };
     HEAP8[289472] = 1;
     $4_1 = HEAP32[$1_1 + 8 >> 2];
     $2_1 = HEAP32[$1_1 + 4 >> 2];
    }
    if (!$34(271104, $2_1, $4_1, HEAP32[$1_1 + 12 >> 2])) {
     break block2
    }
    $35(271104, HEAP32[$1_1 >> 2], HEAP32[$1_1 + 16 >> 2], HEAP32[$1_1 + 8 >> 2]);
    $2_1 = HEAP32[$1_1 + 4 >> 2];
    $3_1 = HEAP32[$1_1 + 8 >> 2];
    $7_1 = Math_fround(Math_fround(Math_fround((($2_1 | 0) > ($3_1 | 0) ? $2_1 : $3_1) | 0) * Math_fround(.000244140625)) + Math_fround(1.0));
    HEAPF32[$0_1 + 160 >> 2] = $7_1 * Math_fround(.003000000026077032);
    HEAPF32[$0_1 + 156 >> 2] = $7_1 * Math_fround(5.000000237487257e-04);
    HEAPF32[$0_1 + 152 >> 2] = $7_1 * Math_fround(5.333333392627537e-04);
    HEAPF32[$0_1 + 148 >> 2] = $7_1 * Math_fround(5.714286235161126e-04);
    HEAPF32[$0_1 + 144 >> 2] = $7_1 * Math_fround(6.153846625238657e-04);
    HEAPF32[$0_1 + 140 >> 2] = $7_1 * Math_fround(6.666667177341878e-04);
    HEAPF32[$0_1 + 136 >> 2] = $7_1 * Math_fround(7.272727671079338e-04);
    HEAPF32[$0_1 + 132 >> 2] = $7_1 * Math_fround(.000800000037997961);
    HEAPF32[$0_1 + 128 >> 2] = $7_1 * Math_fround(8.888889569789171e-04);
    HEAPF32[$0_1 + 124 >> 2] = $7_1 * Math_fround(1.0000000474974513e-03);
    HEAPF32[$0_1 + 120 >> 2] = $7_1 * Math_fround(1.1428572470322251e-03);
    HEAPF32[$0_1 + 116 >> 2] = $7_1 * Math_fround(1.3333334354683757e-03);
    HEAPF32[$0_1 + 112 >> 2] = $7_1 * Math_fround(.001600000075995922);
    HEAPF32[$0_1 + 108 >> 2] = $7_1 * Math_fround(2.0000000949949026e-03);
    HEAPF32[$0_1 + 104 >> 2] = $7_1 * Math_fround(2.6666668709367514e-03);
    HEAPF32[$0_1 + 100 >> 2] = $7_1 * Math_fround(.004000000189989805);
    HEAPF32[$0_1 + 96 >> 2] = $7_1 * Math_fround(.019999999552965164);
    $3_1 = 1;
    if ($42(273088, $0_1 + 96 | 0, $5_1, $6_1)) {
     break block2
    }
    $4_1 = HEAP32[$1_1 + 8 >> 2];
    $2_1 = HEAP32[$1_1 + 4 >> 2];
   }
   HEAP32[$0_1 + 236 >> 2] = 0;
   HEAP32[$0_1 + 240 >> 2] = 0;
   HEAP32[$0_1 + 228 >> 2] = 0;
   HEAP32[$0_1 + 232 >> 2] = 0;
   HEAP32[$0_1 + 220 >> 2] = 0;
   HEAP32[$0_1 + 224 >> 2] = 0;
   HEAP32[$0_1 + 212 >> 2] = 0;
   HEAP32[$0_1 + 216 >> 2] = 0;
   HEAP32[$0_1 + 204 >> 2] = 0;
   HEAP32[$0_1 + 208 >> 2] = 0;
   HEAP32[$0_1 + 196 >> 2] = 0;
   HEAP32[$0_1 + 200 >> 2] = 0;
   HEAP32[$0_1 + 188 >> 2] = 0;
   HEAP32[$0_1 + 192 >> 2] = 0;
   HEAP32[$0_1 + 180 >> 2] = 0;
   HEAP32[$0_1 + 184 >> 2] = 0;
   HEAP32[$0_1 + 172 >> 2] = 0;
   HEAP32[$0_1 + 176 >> 2] = 0;
   HEAP32[$0_1 + 164 >> 2] = 0;
   HEAP32[$0_1 + 168 >> 2] = 0;
   HEAP32[$0_1 + 156 >> 2] = 0;
   HEAP32[$0_1 + 160 >> 2] = 0;
   HEAP32[$0_1 + 148 >> 2] = 0;
   HEAP32[$0_1 + 152 >> 2] = 0;
   HEAP32[$0_1 + 140 >> 2] = 0;
   HEAP32[$0_1 + 144 >> 2] = 0;
   HEAP32[$0_1 + 132 >> 2] = 0;
   HEAP32[$0_1 + 136 >> 2] = 0;
   HEAP32[$0_1 + 104 >> 2] = 0;
   HEAP32[$0_1 + 108 >> 2] = 0;
   HEAP32[$0_1 + 96 >> 2] = 0;
   HEAP32[$0_1 + 100 >> 2] = 0;
   $3_1 = 0;
   if ($38($0_1 + 96 | 0, $2_1, $4_1, HEAP32[$1_1 + 12 >> 2])) {
    $2_1 = HEAP32[$1_1 + 8 >> 2];
    if (($2_1 | 0) > 0) {
     $3_1 = HEAP32[$1_1 + 16 >> 2];
     $2_1 = $2_1 + 1 | 0;
     $1_1 = HEAP32[$1_1 >> 2];
     while (1) {
      $4_1 = HEAP32[$0_1 + 112 >> 2];
      HEAP32[$0_1 + 112 >> 2] = $4_1 + 1;
      $8_1 = HEAP32[$0_1 + 96 >> 2];
      FUNCTION_TABLE[HEAP32[65713]]($1_1, $8_1, HEAP32[$0_1 + 104 >> 2], HEAP32[$0_1 + 148 >> 2] + (Math_imul($4_1, $8_1) << 2) | 0);
      $4_1 = HEAP32[$0_1 + 108 >> 2] + 1 | 0;
      HEAP32[$0_1 + 108 >> 2] = $4_1;
      if (!(HEAP32[$0_1 + 112 >> 2] != 8 & ($4_1 | 0) != HEAP32[$0_1 + 100 >> 2])) {
       $40($0_1 + 96 | 0)
      }
      $1_1 = $1_1 + $3_1 | 0;
      $2_1 = $2_1 - 1 | 0;
      if (($2_1 | 0) > 1) {
       continue
      }
      break;
     };
    }
    $1_1 = $0_1 + 28 | 0;
    $17($1_1, 68);
    $3_1 = $42($0_1 + 256 | 0, $1_1, $5_1, $6_1);
   }
   $19(HEAP32[$0_1 + 236 >> 2]);
   $19(HEAP32[$0_1 + 228 >> 2]);
   $19(HEAP32[$0_1 + 196 >> 2]);
   $19(HEAP32[$0_1 + 188 >> 2]);
   $19(HEAP32[$0_1 + 156 >> 2]);
   $19(HEAP32[$0_1 + 148 >> 2]);
   $19(HEAP32[$0_1 + 140 >> 2]);
   $19(HEAP32[$0_1 + 132 >> 2]);
  }
  global$0 = $10_1;
  global$0 = $9_1 + 32 | 0;
  return $3_1 | 0;
 }
 
 function $5($0_1, $1_1, $2_1, $3_1, $4_1, $5_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  $3_1 = $3_1 | 0;
  $4_1 = $4_1 | 0;
  $5_1 = $5_1 | 0;
  var $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0, $16_1 = 0, $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0, $22 = 0, $23 = 0, $24_1 = 0, $25 = 0, $26 = 0, $27_1 = 0, $28_1 = 0, $29_1 = 0, $30_1 = 0, $31_1 = 0, $32 = 0, $33_1 = 0, $34_1 = 0, $35_1 = 0, $36 = 0, $37_1 = 0, $38_1 = 0, $39 = 0, $40_1 = 0, $41_1 = 0, $42_1 = 0, $43 = 0, $44 = 0, $45_1 = 0, $46_1 = 0, $47_1 = 0, $48_1 = 0, $49_1 = 0, $50_1 = 0;
  $32 = global$0 - 32 | 0;
  global$0 = $32;
  HEAP32[$32 + 28 >> 2] = $4_1;
  HEAP32[$32 + 24 >> 2] = $3_1;
  HEAP32[$32 + 20 >> 2] = $2_1;
  HEAP32[$32 + 16 >> 2] = $1_1;
  HEAP32[$32 + 12 >> 2] = $0_1;
  $0_1 = 0;
  $9_1 = global$0 - 144 | 0;
  global$0 = $9_1;
  $3_1 = $32 + 12 | 0;
  $2_1 = HEAP32[$3_1 + 4 >> 2];
  $1_1 = HEAP32[$3_1 + 8 >> 2];
  if (((($1_1 | 0) > ($2_1 | 0) ? $2_1 : $1_1) | 0) >= 32) {
   $19(0);
   $1_1 = ($1_1 | 0) < ($2_1 | 0) ? $2_1 : $1_1;
   $42_1 = $18($1_1 >>> 0 <= 1 ? 1 : $1_1);
   block1 : {
    if (!$42_1) {
     break block1
    }
    HEAP32[$9_1 + 28 >> 2] = 0;
    HEAP32[$9_1 + 20 >> 2] = $5_1;
    HEAP32[$9_1 + 8 >> 2] = $3_1;
    $2_1 = HEAP32[$3_1 + 4 >> 2];
    $1_1 = HEAP32[$3_1 + 8 >> 2];
    $0_1 = ((($1_1 | 0) > ($2_1 | 0) ? $2_1 : $1_1) | 0) / 7 | 0;
    HEAP32[$9_1 + 16 >> 2] = ($0_1 | 0) <= 32 ? 32 : $0_1;
    HEAP32[$9_1 + 24 >> 2] = $42_1;
    HEAP32[$9_1 + 12 >> 2] = 0;
    HEAP32[$9_1 + 140 >> 2] = $1_1;
    HEAP32[$9_1 + 136 >> 2] = $2_1;
    HEAP32[$9_1 + 128 >> 2] = 0;
    HEAP32[$9_1 + 132 >> 2] = 0;
    $1_1 = $9_1 + 8 | 0;
    $0_1 = $9_1 + 128 | 0;
    $27($1_1, $0_1, 0, 0, 0);
    HEAP32[$9_1 + 12 >> 2] = 1;
    $27($1_1, $0_1, 0, 0, 0);
    HEAP32[$9_1 + 12 >> 2] = 2;
    $27($1_1, $0_1, 0, 0, 0);
    $0_1 = HEAP32[$9_1 + 140 >> 2];
    HEAP32[$9_1 + 72 >> 2] = HEAP32[$9_1 + 136 >> 2];
    HEAP32[$9_1 + 76 >> 2] = $0_1;
    $0_1 = HEAP32[$9_1 + 132 >> 2];
    HEAP32[$9_1 + 64 >> 2] = HEAP32[$9_1 + 128 >> 2];
    HEAP32[$9_1 + 68 >> 2] = $0_1;
    $39 = HEAP32[$9_1 + 8 >> 2];
    $47_1 = HEAP32[$39 + 16 >> 2];
    $33_1 = HEAP32[$39 >> 2];
    $26 = HEAP32[$39 + 12 >> 2];
    $48_1 = HEAP32[$9_1 + 16 >> 2];
    while (1) {
     $49_1 = 1;
     $5_1 = HEAP32[$9_1 + 76 >> 2];
     $4_1 = HEAP32[$9_1 + 72 >> 2];
     $18_1 = $43 & 1;
     $23 = $18_1 ? $5_1 : $4_1;
     $3_1 = HEAP32[$9_1 + 68 >> 2];
     $2_1 = HEAP32[$9_1 + 64 >> 2];
     $1_1 = $18_1 ? $3_1 : $2_1;
     $0_1 = ($23 - $1_1 | 0) / 128 | 0;
     $21_1 = ($0_1 | 0) <= 1 ? 1 : $0_1;
     $25 = $18_1 ? $47_1 : $26;
     $17_1 = $18_1 ? $26 : $47_1;
     $27_1 = HEAP32[($18_1 ? 4 : 8) + $39 >> 2];
     $16_1 = $18_1 ? $2_1 : $3_1;
     $15_1 = $16_1;
     $28_1 = 1;
     $22 = $16_1 + 3 | 0;
     $34_1 = $18_1 ? $4_1 : $5_1;
     $37_1 = ($34_1 + $16_1 | 0) / 2 | 0;
     block2 : {
      if (($22 | 0) >= ($37_1 | 0)) {
       break block2
      }
      $29_1 = ($1_1 | 0) >= ($23 | 0);
      $2_1 = (($21_1 + $23 | 0) + ($1_1 ^ -1) | 0) / ($21_1 | 0) | 0;
      $0_1 = $29_1 | ($2_1 | 0) <= 0;
      $30_1 = (Math_imul($2_1, 21) + 99 | 0) / 100 | 0;
      $40_1 = $0_1 | ($30_1 | 0) > ($2_1 | 0);
      $31_1 = (Math_imul($2_1, 70) + 99 | 0) / 100 | 0;
      $44 = $0_1 | ($31_1 | 0) > ($2_1 | 0);
      $0_1 = Math_imul($1_1, $25);
      $12_1 = ($0_1 + Math_imul($16_1 + 1 | 0, $17_1) | 0) + $33_1 | 0;
      $11_1 = ($0_1 + Math_imul($16_1 + 2 | 0, $17_1) | 0) + $33_1 | 0;
      $18_1 = $2_1 - 1 | 0;
      $35_1 = Math_imul($21_1, $25);
      $20 = $16_1 + 4 | 0;
      $5_1 = $1_1 + $21_1 | 0;
      $24_1 = $27_1 - 1 | 0;
      $4_1 = $0_1 + $33_1 | 0;
      while (1) {
       $8_1 = 0;
       block3 : {
        if ($44) {
         break block3
        }
        $10_1 = Math_imul(($20 | 0) < ($24_1 | 0) ? $20 : $24_1, $17_1);
        $15_1 = Math_imul((($22 | 0) <= 2 ? 2 : $22) - 2 | 0, $17_1);
        $0_1 = $18_1;
        $3_1 = $4_1;
        $2_1 = $5_1;
        while (1) {
         $19_1 = $3_1 + $15_1 | 0;
         $13_1 = $3_1 + $10_1 | 0;
         $6_1 = HEAPU8[$19_1 | 0] - HEAPU8[$13_1 | 0] | 0;
         $7_1 = $6_1 >> 31;
         $7_1 = ($7_1 ^ $6_1) - $7_1 >>> 0 > 10;
         block4 : {
          if ($7_1) {
           break block4
          }
          if (($26 | 0) == 1) {
           break block4
          }
          $7_1 = 1;
          $6_1 = HEAPU8[$19_1 + 1 | 0] - HEAPU8[$13_1 + 1 | 0] | 0;
          $14_1 = $6_1 >> 31;
          if (($6_1 ^ $14_1) - $14_1 >>> 0 > 10) {
           break block4
          }
          $6_1 = HEAPU8[$19_1 + 2 | 0] - HEAPU8[$13_1 + 2 | 0] | 0;
          $7_1 = $6_1 >> 31;
          $7_1 = ($7_1 ^ $6_1) - $7_1 >>> 0 > 10;
         }
         $8_1 = $8_1 + $7_1 | 0;
         if (($2_1 | 0) >= ($23 | 0)) {
          break block3
         }
         if (($8_1 | 0) >= ($31_1 | 0)) {
          break block3
         }
         $3_1 = $3_1 + $35_1 | 0;
         $2_1 = $2_1 + $21_1 | 0;
         $6_1 = $0_1 + $8_1 | 0;
         $0_1 = $0_1 - 1 | 0;
         if (($6_1 | 0) >= ($31_1 | 0)) {
          continue
         }
         break;
        };
       }
       $15_1 = $16_1;
       block5 : {
        if (($8_1 | 0) < ($31_1 | 0)) {
         break block5
        }
        $8_1 = 0;
        block6 : {
         if ($40_1) {
          break block6
         }
         $0_1 = (($22 | 0) <= 7 ? 7 : $22) - 6 | 0;
         $0_1 = ($0_1 | 0) > ($24_1 | 0) ? $24_1 : $0_1;
         $10_1 = Math_imul((($0_1 | 0) <= 2 ? 2 : $0_1) - 2 | 0, $17_1);
         $0_1 = $0_1 + 1 | 0;
         $15_1 = Math_imul(($0_1 | 0) > ($24_1 | 0) ? $24_1 : $0_1, $17_1);
         $0_1 = $18_1;
         $3_1 = $4_1;
         $2_1 = $5_1;
         while (1) {
          $19_1 = $3_1 + $10_1 | 0;
          $13_1 = $3_1 + $15_1 | 0;
          $6_1 = HEAPU8[$19_1 | 0] - HEAPU8[$13_1 | 0] | 0;
          $7_1 = $6_1 >> 31;
          $7_1 = ($7_1 ^ $6_1) - $7_1 >>> 0 > 10;
          block7 : {
           if ($7_1) {
            break block7
           }
           if (($26 | 0) == 1) {
            break block7
           }
           $7_1 = 1;
           $6_1 = HEAPU8[$19_1 + 1 | 0] - HEAPU8[$13_1 + 1 | 0] | 0;
           $14_1 = $6_1 >> 31;
           if (($6_1 ^ $14_1) - $14_1 >>> 0 > 10) {
            break block7
           }
           $6_1 = HEAPU8[$19_1 + 2 | 0] - HEAPU8[$13_1 + 2 | 0] | 0;
           $7_1 = $6_1 >> 31;
           $7_1 = ($7_1 ^ $6_1) - $7_1 >>> 0 > 10;
          }
          $8_1 = $8_1 + $7_1 | 0;
          if (($2_1 | 0) >= ($23 | 0)) {
           break block6
          }
          if (($8_1 | 0) >= ($30_1 | 0)) {
           break block6
          }
          $3_1 = $3_1 + $35_1 | 0;
          $2_1 = $2_1 + $21_1 | 0;
          $6_1 = $0_1 + $8_1 | 0;
          $0_1 = $0_1 - 1 | 0;
          if (($6_1 | 0) >= ($30_1 | 0)) {
           continue
          }
          break;
         };
        }
        $15_1 = $16_1;
        if (($8_1 | 0) >= ($30_1 | 0)) {
         break block5
        }
        $0_1 = $22 + 3 | 0;
        $45_1 = ($0_1 | 0) < ($37_1 | 0) ? $0_1 : $37_1;
        $36 = -1;
        $6_1 = $12_1;
        $7_1 = $11_1;
        $15_1 = $22 - 1 | 0;
        $10_1 = $15_1;
        while (1) {
         $2_1 = 0;
         if (!$29_1) {
          $3_1 = 0;
          $0_1 = $1_1;
          while (1) {
           $28_1 = $3_1 + $6_1 | 0;
           $19_1 = $3_1 + $7_1 | 0;
           $14_1 = HEAPU8[$28_1 | 0] - HEAPU8[$19_1 | 0] | 0;
           $13_1 = $14_1 >> 31;
           $8_1 = ($13_1 ^ $14_1) - $13_1 | 0;
           $3_1 = $3_1 + $35_1 | 0;
           if (($26 | 0) != 1) {
            $14_1 = HEAPU8[$28_1 + 1 | 0] - HEAPU8[$19_1 + 1 | 0] | 0;
            $13_1 = $14_1 >> 31;
            $19_1 = HEAPU8[$28_1 + 2 | 0] - HEAPU8[$19_1 + 2 | 0] | 0;
            $28_1 = $19_1 >> 31;
            $14_1 = ($13_1 ^ $14_1) - $13_1 | 0;
            $13_1 = ($8_1 | 0) > ($14_1 | 0) ? $8_1 : $14_1;
            $14_1 = ($19_1 ^ $28_1) - $28_1 | 0;
            $8_1 = ($13_1 | 0) > ($14_1 | 0) ? $13_1 : $14_1;
           }
           $2_1 = ($8_1 >>> 0 >= 40 ? 40 : $8_1) + $2_1 | 0;
           $0_1 = $0_1 + $21_1 | 0;
           if (($23 | 0) > ($0_1 | 0)) {
            continue
           }
           break;
          };
         }
         $0_1 = ($2_1 | 0) > ($36 | 0);
         $15_1 = $0_1 ? $10_1 : $15_1;
         $36 = $0_1 ? $2_1 : $36;
         $6_1 = $6_1 + $17_1 | 0;
         $7_1 = $7_1 + $17_1 | 0;
         $10_1 = $10_1 + 1 | 0;
         if (($45_1 | 0) != ($10_1 | 0)) {
          continue
         }
         break;
        };
       }
       $0_1 = ($15_1 | 0) == ($16_1 | 0);
       $28_1 = $0_1;
       $22 = $22 + 1 | 0;
       if (($37_1 | 0) <= ($22 | 0)) {
        break block2
       }
       $12_1 = $12_1 + $17_1 | 0;
       $11_1 = $11_1 + $17_1 | 0;
       $20 = $20 + 1 | 0;
       if ($0_1) {
        continue
       }
       break;
      };
     }
     $10_1 = $34_1;
     $20 = $10_1 - 3 | 0;
     block10 : {
      if (($20 | 0) <= ($37_1 | 0)) {
       break block10
      }
      $40_1 = ($1_1 | 0) >= ($23 | 0);
      $2_1 = (($21_1 + $23 | 0) + ($1_1 ^ -1) | 0) / ($21_1 | 0) | 0;
      $0_1 = $40_1 | ($2_1 | 0) <= 0;
      $31_1 = (Math_imul($2_1, 21) + 99 | 0) / 100 | 0;
      $44 = $0_1 | ($31_1 | 0) > ($2_1 | 0);
      $35_1 = (Math_imul($2_1, 70) + 99 | 0) / 100 | 0;
      $45_1 = $0_1 | ($35_1 | 0) > ($2_1 | 0);
      $0_1 = Math_imul($1_1, $25);
      $41_1 = ($0_1 + Math_imul($17_1, $20) | 0) + $33_1 | 0;
      $38_1 = $10_1 - 2 | 0;
      $36 = ($0_1 + Math_imul($38_1, $17_1) | 0) + $33_1 | 0;
      $22 = ($0_1 + Math_imul($10_1 - 5 | 0, $17_1) | 0) + $33_1 | 0;
      $24_1 = ($0_1 + Math_imul($10_1 - 4 | 0, $17_1) | 0) + $33_1 | 0;
      $18_1 = $2_1 - 1 | 0;
      $30_1 = 0 - $17_1 | 0;
      $25 = Math_imul($21_1, $25);
      $5_1 = $1_1 + $21_1 | 0;
      $27_1 = $27_1 - 1 | 0;
      $4_1 = $0_1 + $33_1 | 0;
      while (1) {
       $8_1 = 0;
       block11 : {
        if ($45_1) {
         break block11
        }
        $12_1 = Math_imul(($27_1 | 0) > ($38_1 | 0) ? $38_1 : $27_1, $17_1);
        $11_1 = Math_imul((($20 | 0) <= 2 ? 2 : $20) - 2 | 0, $17_1);
        $0_1 = $18_1;
        $3_1 = $4_1;
        $2_1 = $5_1;
        while (1) {
         $13_1 = $3_1 + $11_1 | 0;
         $14_1 = $3_1 + $12_1 | 0;
         $6_1 = HEAPU8[$13_1 | 0] - HEAPU8[$14_1 | 0] | 0;
         $7_1 = $6_1 >> 31;
         $7_1 = ($7_1 ^ $6_1) - $7_1 >>> 0 > 10;
         block12 : {
          if ($7_1) {
           break block12
          }
          if (($26 | 0) == 1) {
           break block12
          }
          $7_1 = 1;
          $6_1 = HEAPU8[$13_1 + 1 | 0] - HEAPU8[$14_1 + 1 | 0] | 0;
          $10_1 = $6_1 >> 31;
          if (($6_1 ^ $10_1) - $10_1 >>> 0 > 10) {
           break block12
          }
          $6_1 = HEAPU8[$13_1 + 2 | 0] - HEAPU8[$14_1 + 2 | 0] | 0;
          $7_1 = $6_1 >> 31;
          $7_1 = ($7_1 ^ $6_1) - $7_1 >>> 0 > 10;
         }
         $8_1 = $8_1 + $7_1 | 0;
         if (($2_1 | 0) >= ($23 | 0)) {
          break block11
         }
         if (($8_1 | 0) >= ($35_1 | 0)) {
          break block11
         }
         $3_1 = $3_1 + $25 | 0;
         $2_1 = $2_1 + $21_1 | 0;
         $6_1 = $0_1 + $8_1 | 0;
         $0_1 = $0_1 - 1 | 0;
         if (($6_1 | 0) >= ($35_1 | 0)) {
          continue
         }
         break;
        };
       }
       $0_1 = $34_1;
       block13 : {
        if (($8_1 | 0) < ($35_1 | 0)) {
         break block13
        }
        $8_1 = 0;
        block14 : {
         if ($44) {
          break block14
         }
         $0_1 = (($20 | 0) <= -5 ? -5 : $20) + 6 | 0;
         $0_1 = ($0_1 | 0) > ($27_1 | 0) ? $27_1 : $0_1;
         $12_1 = Math_imul((($0_1 | 0) <= 2 ? 2 : $0_1) - 2 | 0, $17_1);
         $0_1 = $0_1 + 1 | 0;
         $11_1 = Math_imul(($0_1 | 0) > ($27_1 | 0) ? $27_1 : $0_1, $17_1);
         $0_1 = $18_1;
         $3_1 = $4_1;
         $2_1 = $5_1;
         while (1) {
          $13_1 = $3_1 + $12_1 | 0;
          $14_1 = $3_1 + $11_1 | 0;
          $6_1 = HEAPU8[$13_1 | 0] - HEAPU8[$14_1 | 0] | 0;
          $7_1 = $6_1 >> 31;
          $7_1 = ($7_1 ^ $6_1) - $7_1 >>> 0 > 10;
          block15 : {
           if ($7_1) {
            break block15
           }
           if (($26 | 0) == 1) {
            break block15
           }
           $7_1 = 1;
           $6_1 = HEAPU8[$13_1 + 1 | 0] - HEAPU8[$14_1 + 1 | 0] | 0;
           $10_1 = $6_1 >> 31;
           if (($6_1 ^ $10_1) - $10_1 >>> 0 > 10) {
            break block15
           }
           $6_1 = HEAPU8[$13_1 + 2 | 0] - HEAPU8[$14_1 + 2 | 0] | 0;
           $7_1 = $6_1 >> 31;
           $7_1 = ($7_1 ^ $6_1) - $7_1 >>> 0 > 10;
          }
          $8_1 = $8_1 + $7_1 | 0;
          if (($2_1 | 0) >= ($23 | 0)) {
           break block14
          }
          if (($8_1 | 0) >= ($31_1 | 0)) {
           break block14
          }
          $3_1 = $3_1 + $25 | 0;
          $2_1 = $2_1 + $21_1 | 0;
          $6_1 = $0_1 + $8_1 | 0;
          $0_1 = $0_1 - 1 | 0;
          if (($6_1 | 0) >= ($31_1 | 0)) {
           continue
          }
          break;
         };
        }
        $0_1 = $34_1;
        if (($8_1 | 0) >= ($31_1 | 0)) {
         break block13
        }
        $19_1 = $20 - 1 | 0;
        $0_1 = $19_1;
        if ($40_1) {
         break block13
        }
        $3_1 = 0;
        $0_1 = $1_1;
        $2_1 = 0;
        while (1) {
         $12_1 = $3_1 + $22 | 0;
         $11_1 = $3_1 + $24_1 | 0;
         $6_1 = HEAPU8[$12_1 | 0] - HEAPU8[$11_1 | 0] | 0;
         $7_1 = $6_1 >> 31;
         $8_1 = ($7_1 ^ $6_1) - $7_1 | 0;
         $3_1 = $3_1 + $25 | 0;
         if (($26 | 0) != 1) {
          $6_1 = HEAPU8[$12_1 + 1 | 0] - HEAPU8[$11_1 + 1 | 0] | 0;
          $7_1 = $6_1 >> 31;
          $11_1 = HEAPU8[$12_1 + 2 | 0] - HEAPU8[$11_1 + 2 | 0] | 0;
          $12_1 = $11_1 >> 31;
          $6_1 = ($7_1 ^ $6_1) - $7_1 | 0;
          $7_1 = ($8_1 | 0) > ($6_1 | 0) ? $8_1 : $6_1;
          $6_1 = ($11_1 ^ $12_1) - $12_1 | 0;
          $8_1 = ($7_1 | 0) > ($6_1 | 0) ? $7_1 : $6_1;
         }
         $2_1 = ($8_1 >>> 0 >= 40 ? 40 : $8_1) + $2_1 | 0;
         $0_1 = $0_1 + $21_1 | 0;
         if (($23 | 0) > ($0_1 | 0)) {
          continue
         }
         break;
        };
        $3_1 = 0;
        $7_1 = $1_1;
        $0_1 = 0;
        while (1) {
         $10_1 = $3_1 + $24_1 | 0;
         $12_1 = $3_1 + $41_1 | 0;
         $6_1 = HEAPU8[$10_1 | 0] - HEAPU8[$12_1 | 0] | 0;
         $11_1 = $6_1 >> 31;
         $8_1 = ($6_1 ^ $11_1) - $11_1 | 0;
         $3_1 = $3_1 + $25 | 0;
         $13_1 = ($26 | 0) == 1;
         if (!$13_1) {
          $6_1 = HEAPU8[$10_1 + 1 | 0] - HEAPU8[$12_1 + 1 | 0] | 0;
          $11_1 = $6_1 >> 31;
          $12_1 = HEAPU8[$10_1 + 2 | 0] - HEAPU8[$12_1 + 2 | 0] | 0;
          $10_1 = $12_1 >> 31;
          $6_1 = ($6_1 ^ $11_1) - $11_1 | 0;
          $11_1 = ($8_1 | 0) > ($6_1 | 0) ? $8_1 : $6_1;
          $6_1 = ($10_1 ^ $12_1) - $10_1 | 0;
          $8_1 = ($6_1 | 0) < ($11_1 | 0) ? $11_1 : $6_1;
         }
         $0_1 = ($8_1 >>> 0 >= 40 ? 40 : $8_1) + $0_1 | 0;
         $7_1 = $7_1 + $21_1 | 0;
         if (($23 | 0) > ($7_1 | 0)) {
          continue
         }
         break;
        };
        $14_1 = $20 + 1 | 0;
        $3_1 = 0;
        $6_1 = $1_1;
        $7_1 = 0;
        while (1) {
         $29_1 = $3_1 + $41_1 | 0;
         $10_1 = $3_1 + $36 | 0;
         $11_1 = HEAPU8[$29_1 | 0] - HEAPU8[$10_1 | 0] | 0;
         $12_1 = $11_1 >> 31;
         $8_1 = ($11_1 ^ $12_1) - $12_1 | 0;
         $3_1 = $3_1 + $25 | 0;
         if (!$13_1) {
          $11_1 = HEAPU8[$29_1 + 1 | 0] - HEAPU8[$10_1 + 1 | 0] | 0;
          $12_1 = $11_1 >> 31;
          $10_1 = HEAPU8[$29_1 + 2 | 0] - HEAPU8[$10_1 + 2 | 0] | 0;
          $29_1 = $10_1 >> 31;
          $11_1 = ($11_1 ^ $12_1) - $12_1 | 0;
          $12_1 = ($8_1 | 0) > ($11_1 | 0) ? $8_1 : $11_1;
          $11_1 = ($10_1 ^ $29_1) - $29_1 | 0;
          $8_1 = ($11_1 | 0) < ($12_1 | 0) ? $12_1 : $11_1;
         }
         $7_1 = $7_1 + ($8_1 >>> 0 >= 40 ? 40 : $8_1) | 0;
         $6_1 = $6_1 + $21_1 | 0;
         if (($23 | 0) > ($6_1 | 0)) {
          continue
         }
         break;
        };
        $0_1 = (($0_1 | 0) > ($2_1 | 0) ? $0_1 : $2_1) >>> 0 < $7_1 >>> 0 ? $14_1 : $0_1 >>> 0 > $2_1 >>> 0 ? $20 : $19_1;
       }
       $10_1 = $0_1;
       $0_1 = ($10_1 | 0) == ($34_1 | 0);
       $49_1 = $0_1;
       $20 = $20 - 1 | 0;
       if (($20 | 0) <= ($37_1 | 0)) {
        break block10
       }
       $36 = $30_1 + $36 | 0;
       $41_1 = $30_1 + $41_1 | 0;
       $22 = $22 + $30_1 | 0;
       $24_1 = $24_1 + $30_1 | 0;
       $38_1 = $38_1 - 1 | 0;
       if ($0_1) {
        continue
       }
       break;
      };
     }
     $1_1 = $9_1 - -64 | 0;
     $0_1 = $43 & 1;
     HEAP32[$1_1 + ($0_1 ? 8 : 12) >> 2] = $10_1;
     HEAP32[(($0_1 ? 0 : 4) | $1_1) >> 2] = $15_1;
     block20 : {
      $0_1 = $50_1;
      $50_1 = $28_1 & $49_1;
      if ($0_1 & $50_1) {
       if (($46_1 | 0) <= 0) {
        break block20
       }
       $3_1 = HEAP32[$9_1 + 72 >> 2] - HEAP32[$9_1 + 64 >> 2] | 0;
       $2_1 = HEAP32[$9_1 + 76 >> 2] - HEAP32[$9_1 + 68 >> 2] | 0;
       $0_1 = ($2_1 | 0) > ($3_1 | 0) ? $3_1 : $2_1;
       if (($0_1 | 0) < ($48_1 | 0)) {
        break block20
       }
       if ($0_1 << 2 < ((($2_1 | 0) < ($3_1 | 0) ? $3_1 : $2_1) | 0)) {
        break block20
       }
       $28($9_1 + 8 | 0, $1_1, 70);
       break block20;
      }
      if (($46_1 | 0) > 23) {
       break block20
      }
      if (($10_1 - $15_1 | 0) < ($48_1 | 0)) {
       break block20
      }
      $46_1 = ((($15_1 | 0) > ($16_1 | 0)) + $46_1 | 0) + (($10_1 | 0) < ($34_1 | 0)) | 0;
      $43 = $43 ^ 1;
      continue;
     }
     break;
    };
    $1_1 = HEAP32[$9_1 + 28 >> 2];
    if (($1_1 | 0) <= 0) {
     $0_1 = $1_1;
     break block1;
    }
    $0_1 = $1_1 & 3;
    $7_1 = 0;
    $6_1 = HEAP32[$9_1 + 20 >> 2];
    block23 : {
     if ($1_1 >>> 0 >= 4) {
      $18_1 = $1_1 & 2147483644;
      $2_1 = 0;
      while (1) {
       $16_1 = $2_1 + $6_1 | 0;
       $3_1 = HEAP32[$16_1 + 12 >> 2];
       $15_1 = ($9_1 - -64 | 0) + $2_1 | 0;
       HEAP32[$15_1 + 8 >> 2] = HEAP32[$16_1 + 8 >> 2];
       HEAP32[$15_1 + 12 >> 2] = $3_1;
       $3_1 = HEAP32[$16_1 + 4 >> 2];
       HEAP32[$15_1 >> 2] = HEAP32[$16_1 >> 2];
       HEAP32[$15_1 + 4 >> 2] = $3_1;
       $5_1 = $16_1 + 16 | 0;
       $4_1 = HEAP32[$5_1 + 4 >> 2];
       $3_1 = $15_1 + 16 | 0;
       HEAP32[$3_1 >> 2] = HEAP32[$5_1 >> 2];
       HEAP32[$3_1 + 4 >> 2] = $4_1;
       $5_1 = $16_1 + 24 | 0;
       $4_1 = HEAP32[$5_1 + 4 >> 2];
       $3_1 = $15_1 + 24 | 0;
       HEAP32[$3_1 >> 2] = HEAP32[$5_1 >> 2];
       HEAP32[$3_1 + 4 >> 2] = $4_1;
       $5_1 = $16_1 + 32 | 0;
       $4_1 = HEAP32[$5_1 + 4 >> 2];
       $3_1 = $15_1 + 32 | 0;
       HEAP32[$3_1 >> 2] = HEAP32[$5_1 >> 2];
       HEAP32[$3_1 + 4 >> 2] = $4_1;
       $5_1 = $16_1 + 40 | 0;
       $4_1 = HEAP32[$5_1 + 4 >> 2];
       $3_1 = $15_1 + 40 | 0;
       HEAP32[$3_1 >> 2] = HEAP32[$5_1 >> 2];
       HEAP32[$3_1 + 4 >> 2] = $4_1;
       $5_1 = $16_1 + 48 | 0;
       $4_1 = HEAP32[$5_1 + 4 >> 2];
       $3_1 = $15_1 + 48 | 0;
       HEAP32[$3_1 >> 2] = HEAP32[$5_1 >> 2];
       HEAP32[$3_1 + 4 >> 2] = $4_1;
       $5_1 = $16_1 + 56 | 0;
       $4_1 = HEAP32[$5_1 + 4 >> 2];
       $3_1 = $15_1 + 56 | 0;
       HEAP32[$3_1 >> 2] = HEAP32[$5_1 >> 2];
       HEAP32[$3_1 + 4 >> 2] = $4_1;
       $2_1 = $2_1 - -64 | 0;
       $7_1 = $7_1 + 4 | 0;
       if (($18_1 | 0) != ($7_1 | 0)) {
        continue
       }
       break;
      };
      if (!$0_1) {
       break block23
      }
     }
     $2_1 = $7_1 << 4;
     $8_1 = $2_1 + $6_1 | 0;
     $3_1 = $2_1 + ($9_1 - -64 | 0) | 0;
     while (1) {
      $2_1 = HEAP32[$8_1 + 12 >> 2];
      HEAP32[$3_1 + 8 >> 2] = HEAP32[$8_1 + 8 >> 2];
      HEAP32[$3_1 + 12 >> 2] = $2_1;
      $2_1 = HEAP32[$8_1 + 4 >> 2];
      HEAP32[$3_1 >> 2] = HEAP32[$8_1 >> 2];
      HEAP32[$3_1 + 4 >> 2] = $2_1;
      $8_1 = $8_1 + 16 | 0;
      $3_1 = $3_1 + 16 | 0;
      $0_1 = $0_1 - 1 | 0;
      if ($0_1) {
       continue
      }
      break;
     };
    }
    if ($1_1 >>> 0 > 3) {
     $0_1 = $1_1;
     break block1;
    }
    $3_1 = $9_1 + 32 | 0;
    $8_1 = $9_1 - -64 | 0;
    $2_1 = 1;
    $0_1 = $1_1;
    while (1) {
     if (HEAP32[$3_1 >> 2] <= 69) {
      $5_1 = HEAP32[$8_1 + 4 >> 2];
      $18_1 = HEAP32[$9_1 + 8 >> 2];
      $4_1 = HEAP32[$18_1 + 8 >> 2];
      $0_1 = $4_1 - HEAP32[$8_1 + 12 >> 2] | 0;
      $0_1 = ($0_1 | 0) > ($5_1 | 0) ? $5_1 : $0_1;
      HEAP32[$9_1 + 52 >> 2] = $0_1;
      HEAP32[$9_1 + 60 >> 2] = $4_1 - $0_1;
      $5_1 = HEAP32[$8_1 >> 2];
      $4_1 = HEAP32[$18_1 + 4 >> 2];
      $0_1 = $4_1 - HEAP32[$8_1 + 8 >> 2] | 0;
      $0_1 = ($0_1 | 0) > ($5_1 | 0) ? $5_1 : $0_1;
      HEAP32[$9_1 + 48 >> 2] = $0_1;
      HEAP32[$9_1 + 56 >> 2] = $4_1 - $0_1;
      $28($9_1 + 8 | 0, $9_1 + 48 | 0, 0);
      $0_1 = HEAP32[$9_1 + 28 >> 2];
     }
     if (($1_1 | 0) <= ($2_1 | 0)) {
      break block1
     }
     $3_1 = $3_1 + 4 | 0;
     $2_1 = $2_1 + 1 | 0;
     $8_1 = $8_1 + 16 | 0;
     if (($0_1 | 0) < 4) {
      continue
     }
     break;
    };
   }
   $19($42_1);
  }
  global$0 = $9_1 + 144 | 0;
  global$0 = $32 + 32 | 0;
  return $0_1 | 0;
 }
 
 function $6() {
  var $0_1 = 0, $1_1 = 0, $2_1 = 0, $3_1 = 0;
  $0_1 = $18(34944);
  if ($0_1) {
   HEAP32[$0_1 + 1648 >> 2] = 0;
   HEAP32[$0_1 + 1640 >> 2] = 0;
   HEAP32[$0_1 + 1644 >> 2] = 0;
   HEAP32[$0_1 + 1632 >> 2] = 0;
   HEAP32[$0_1 + 1636 >> 2] = 0;
   HEAP32[$0_1 + 860 >> 2] = 0;
   HEAP32[$0_1 + 852 >> 2] = 0;
   HEAP32[$0_1 + 856 >> 2] = 0;
   HEAP32[$0_1 + 844 >> 2] = 0;
   HEAP32[$0_1 + 848 >> 2] = 0;
   HEAP32[$0_1 + 836 >> 2] = 0;
   HEAP32[$0_1 + 840 >> 2] = 0;
   HEAP32[$0_1 + 64 >> 2] = 0;
   HEAP32[$0_1 + 56 >> 2] = 0;
   HEAP32[$0_1 + 60 >> 2] = 0;
   HEAP32[$0_1 + 48 >> 2] = 0;
   HEAP32[$0_1 + 52 >> 2] = 0;
   HEAP32[$0_1 + 40 >> 2] = 0;
   HEAP32[$0_1 + 44 >> 2] = 0;
   HEAP32[$0_1 + 32 >> 2] = 0;
   HEAP32[$0_1 + 36 >> 2] = 0;
   HEAP8[$0_1 + 8 | 0] = 0;
   HEAP32[$0_1 >> 2] = 0;
   HEAP32[$0_1 + 4 >> 2] = 0;
   $1_1 = -256;
   while (1) {
    $2_1 = $0_1 + $1_1 | 0;
    $3_1 = $2_1 + 1932 | 0;
    HEAP32[$3_1 >> 2] = 0;
    HEAP32[$3_1 + 4 >> 2] = 0;
    $3_1 = $2_1 + 1924 | 0;
    HEAP32[$3_1 >> 2] = 0;
    HEAP32[$3_1 + 4 >> 2] = 0;
    $3_1 = $2_1 + 1916 | 0;
    HEAP32[$3_1 >> 2] = 0;
    HEAP32[$3_1 + 4 >> 2] = 0;
    $2_1 = $2_1 + 1908 | 0;
    HEAP32[$2_1 >> 2] = 0;
    HEAP32[$2_1 + 4 >> 2] = 0;
    $1_1 = $1_1 + 32 | 0;
    if ($1_1) {
     continue
    }
    break;
   };
   HEAP32[$0_1 + 1924 >> 2] = 0;
   HEAP32[$0_1 + 1928 >> 2] = 0;
   HEAP32[$0_1 + 1916 >> 2] = 0;
   HEAP32[$0_1 + 1920 >> 2] = 0;
   HEAP32[$0_1 + 1908 >> 2] = 0;
   HEAP32[$0_1 + 1912 >> 2] = 0;
   $2_1 = -64;
   while (1) {
    $1_1 = ($0_1 + $2_1 | 0) + 1996 | 0;
    HEAP8[$1_1 | 0] = 0;
    HEAP8[$1_1 + 1 | 0] = 0;
    HEAP8[$1_1 + 2 | 0] = 0;
    HEAP8[$1_1 + 3 | 0] = 0;
    HEAP8[$1_1 + 4 | 0] = 0;
    HEAP8[$1_1 + 5 | 0] = 0;
    HEAP8[$1_1 + 6 | 0] = 0;
    HEAP8[$1_1 + 7 | 0] = 0;
    $2_1 = $2_1 + 8 | 0;
    if ($2_1) {
     continue
    }
    break;
   };
   HEAP32[$0_1 + 18540 >> 2] = 0;
   HEAP32[$0_1 + 18544 >> 2] = 0;
   HEAP32[$0_1 + 18532 >> 2] = 0;
   HEAP32[$0_1 + 18536 >> 2] = 0;
   HEAP32[$0_1 + 18524 >> 2] = 0;
   HEAP32[$0_1 + 18528 >> 2] = 0;
   HEAP32[$0_1 + 18516 >> 2] = 0;
   HEAP32[$0_1 + 18520 >> 2] = 0;
   HEAP32[$0_1 + 18508 >> 2] = 0;
   HEAP32[$0_1 + 18512 >> 2] = 0;
   HEAP32[$0_1 + 18500 >> 2] = 0;
   HEAP32[$0_1 + 18504 >> 2] = 0;
   HEAP32[$0_1 + 18492 >> 2] = 0;
   HEAP32[$0_1 + 18496 >> 2] = 0;
   HEAP32[$0_1 + 18484 >> 2] = 0;
   HEAP32[$0_1 + 18488 >> 2] = 0;
   HEAP32[$0_1 + 18476 >> 2] = 0;
   HEAP32[$0_1 + 18480 >> 2] = 0;
   HEAP32[$0_1 + 18468 >> 2] = 0;
   HEAP32[$0_1 + 18472 >> 2] = 0;
   HEAP32[$0_1 + 18460 >> 2] = 0;
   HEAP32[$0_1 + 18464 >> 2] = 0;
   HEAP32[$0_1 + 18452 >> 2] = 0;
   HEAP32[$0_1 + 18456 >> 2] = 0;
   HEAP32[$0_1 + 18444 >> 2] = 0;
   HEAP32[$0_1 + 18448 >> 2] = 0;
   HEAP32[$0_1 + 18436 >> 2] = 0;
   HEAP32[$0_1 + 18440 >> 2] = 0;
   HEAP8[$0_1 + 18432 | 0] = 0;
   HEAP32[$0_1 + 18424 >> 2] = 0;
   HEAP32[$0_1 + 18428 >> 2] = 0;
   HEAP32[$0_1 + 18416 >> 2] = 0;
   HEAP32[$0_1 + 18420 >> 2] = 0;
   HEAP32[$0_1 + 18408 >> 2] = 0;
   HEAP32[$0_1 + 18412 >> 2] = 0;
   HEAP32[$0_1 + 18400 >> 2] = 0;
   HEAP32[$0_1 + 18404 >> 2] = 0;
  }
  return $0_1 | 0;
 }
 
 function $7($0_1) {
  $0_1 = $0_1 | 0;
  if ($0_1) {
   $19(HEAP32[$0_1 + 18540 >> 2]);
   $19(HEAP32[$0_1 + 18532 >> 2]);
   $19(HEAP32[$0_1 + 18500 >> 2]);
   $19(HEAP32[$0_1 + 18492 >> 2]);
   $19(HEAP32[$0_1 + 18460 >> 2]);
   $19(HEAP32[$0_1 + 18452 >> 2]);
   $19(HEAP32[$0_1 + 18444 >> 2]);
   $19(HEAP32[$0_1 + 18436 >> 2]);
   $19(HEAP32[$0_1 + 1924 >> 2]);
   $19(HEAP32[$0_1 + 1916 >> 2]);
   $19(HEAP32[$0_1 + 1908 >> 2]);
   $19(HEAP32[$0_1 + 1640 >> 2]);
   $19(HEAP32[$0_1 + 1632 >> 2]);
   $19(HEAP32[$0_1 + 844 >> 2]);
   $19(HEAP32[$0_1 + 836 >> 2]);
   $19($0_1);
  }
 }
 
 function $8($0_1, $1_1, $2_1, $3_1, $4_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  $3_1 = $3_1 | 0;
  $4_1 = $4_1 | 0;
  HEAP32[$0_1 + 4 >> 2] = $2_1;
  HEAP32[$0_1 >> 2] = $1_1;
  block1 : {
   if (!$4_1) {
    $4_1 = ($1_1 | 0) == 64 & ($2_1 | 0) == 64;
    HEAP8[$0_1 + 8 | 0] = $4_1;
    if ($4_1) {
     break block1
    }
    return $34($0_1 + 32 | 0, $1_1, $2_1, $3_1) | 0;
   }
   HEAP8[$0_1 + 8 | 0] = 1;
  }
  return $38($0_1 + 18400 | 0, $1_1, $2_1, $3_1) | 0;
 }
 
 function $9($0_1, $1_1, $2_1, $3_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  $3_1 = $3_1 | 0;
  var $4_1 = 0, $5_1 = 0;
  if (HEAPU8[$0_1 + 8 | 0] == 1) {
   if (($3_1 | 0) > 0) {
    $0_1 = $0_1 + 18400 | 0;
    $3_1 = $3_1 + 1 | 0;
    while (1) {
     $4_1 = HEAP32[$0_1 + 16 >> 2];
     HEAP32[$0_1 + 16 >> 2] = $4_1 + 1;
     $5_1 = HEAP32[$0_1 >> 2];
     FUNCTION_TABLE[HEAP32[65713]]($1_1, $5_1, HEAP32[$0_1 + 8 >> 2], HEAP32[$0_1 + 52 >> 2] + (Math_imul($4_1, $5_1) << 2) | 0);
     $4_1 = HEAP32[$0_1 + 12 >> 2] + 1 | 0;
     HEAP32[$0_1 + 12 >> 2] = $4_1;
     if (!(HEAP32[$0_1 + 16 >> 2] != 8 & ($4_1 | 0) != HEAP32[$0_1 + 4 >> 2])) {
      $40($0_1)
     }
     $1_1 = $1_1 + $2_1 | 0;
     $3_1 = $3_1 - 1 | 0;
     if (($3_1 | 0) > 1) {
      continue
     }
     break;
    };
   }
   return;
  }
  $35($0_1 + 32 | 0, $1_1, $2_1, $3_1);
 }
 
 function $10($0_1, $1_1, $2_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  var $3_1 = 0, $4_1 = Math_fround(0), $5_1 = 0, $6_1 = 0;
  $3_1 = global$0 - 80 | 0;
  global$0 = $3_1;
  block1 : {
   if (HEAPU8[$0_1 + 8 | 0] == 1) {
    $5_1 = $3_1 + 12 | 0;
    $17($5_1, 68);
    $0_1 = $42($0_1 + 18560 | 0, $5_1, $1_1, $2_1);
    break block1;
   }
   $5_1 = HEAP32[$0_1 >> 2];
   $6_1 = HEAP32[$0_1 + 4 >> 2];
   $4_1 = Math_fround(Math_fround(Math_fround((($5_1 | 0) > ($6_1 | 0) ? $5_1 : $6_1) | 0) * Math_fround(.000244140625)) + Math_fround(1.0));
   HEAPF32[$3_1 + 76 >> 2] = $4_1 * Math_fround(.003000000026077032);
   HEAPF32[$3_1 + 72 >> 2] = $4_1 * Math_fround(5.000000237487257e-04);
   HEAPF32[$3_1 + 68 >> 2] = $4_1 * Math_fround(5.333333392627537e-04);
   HEAPF32[$3_1 + 64 >> 2] = $4_1 * Math_fround(5.714286235161126e-04);
   HEAPF32[$3_1 + 60 >> 2] = $4_1 * Math_fround(6.153846625238657e-04);
   HEAPF32[$3_1 + 56 >> 2] = $4_1 * Math_fround(6.666667177341878e-04);
   HEAPF32[$3_1 + 52 >> 2] = $4_1 * Math_fround(7.272727671079338e-04);
   HEAPF32[$3_1 + 48 >> 2] = $4_1 * Math_fround(.000800000037997961);
   HEAPF32[$3_1 + 44 >> 2] = $4_1 * Math_fround(8.888889569789171e-04);
   HEAPF32[$3_1 + 40 >> 2] = $4_1 * Math_fround(1.0000000474974513e-03);
   HEAPF32[$3_1 + 36 >> 2] = $4_1 * Math_fround(1.1428572470322251e-03);
   HEAPF32[$3_1 + 32 >> 2] = $4_1 * Math_fround(1.3333334354683757e-03);
   HEAPF32[$3_1 + 28 >> 2] = $4_1 * Math_fround(.001600000075995922);
   HEAPF32[$3_1 + 24 >> 2] = $4_1 * Math_fround(2.0000000949949026e-03);
   HEAPF32[$3_1 + 20 >> 2] = $4_1 * Math_fround(2.6666668709367514e-03);
   HEAPF32[$3_1 + 16 >> 2] = $4_1 * Math_fround(.004000000189989805);
   HEAPF32[$3_1 + 12 >> 2] = $4_1 * Math_fround(.019999999552965164);
   $0_1 = $42($0_1 + 2016 | 0, $3_1 + 12 | 0, $1_1, $2_1);
  }
  global$0 = $3_1 + 80 | 0;
  return $0_1 | 0;
 }
 
 function $11() {
  var $0_1 = 0, $1_1 = 0;
  $0_1 = $18(192);
  if ($0_1) {
   HEAP32[$0_1 + 184 >> 2] = 0;
   HEAP32[$0_1 + 188 >> 2] = 0;
   HEAP32[$0_1 + 112 >> 2] = -1732584194;
   HEAP32[$0_1 + 116 >> 2] = 271733878;
   HEAP32[$0_1 + 104 >> 2] = 1732584193;
   HEAP32[$0_1 + 108 >> 2] = -271733879;
   HEAP32[$0_1 + 96 >> 2] = 0;
   HEAP32[$0_1 + 100 >> 2] = 0;
   $1_1 = HEAP32[65543];
   HEAP32[$0_1 + 24 >> 2] = HEAP32[65542];
   HEAP32[$0_1 + 28 >> 2] = $1_1;
   $1_1 = HEAP32[65541];
   HEAP32[$0_1 + 16 >> 2] = HEAP32[65540];
   HEAP32[$0_1 + 20 >> 2] = $1_1;
   $1_1 = HEAP32[65539];
   HEAP32[$0_1 + 8 >> 2] = HEAP32[65538];
   HEAP32[$0_1 + 12 >> 2] = $1_1;
   $1_1 = HEAP32[65537];
   HEAP32[$0_1 >> 2] = HEAP32[65536];
   HEAP32[$0_1 + 4 >> 2] = $1_1;
  }
  return $0_1 | 0;
 }
 
 function $12($0_1) {
  $0_1 = $0_1 | 0;
  if ($0_1) {
   $19($0_1)
  }
 }
 
 function $13($0_1, $1_1, $2_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  var $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0;
  $3_1 = $1_1;
  $5_1 = HEAP32[$0_1 + 100 >> 2];
  $8_1 = $5_1 + 1 | 0;
  $4_1 = $5_1;
  $5_1 = $2_1;
  $7_1 = HEAP32[$0_1 + 96 >> 2];
  $6_1 = $7_1 + $2_1 | 0;
  $4_1 = $2_1 >>> 0 > $6_1 >>> 0 ? $8_1 : $4_1;
  HEAP32[$0_1 + 96 >> 2] = $6_1;
  HEAP32[$0_1 + 100 >> 2] = $4_1;
  $6_1 = $7_1 & 63;
  __inlined_func$20$3 : {
   if ($6_1 + $2_1 >>> 0 <= 63) {
    if (!$2_1) {
     break __inlined_func$20$3
    }
    $16(($0_1 + $6_1 | 0) + 32 | 0, $3_1, $2_1);
    break __inlined_func$20$3;
   }
   if ($6_1) {
    $4_1 = $0_1 + 32 | 0;
    $7_1 = $6_1 + $4_1 | 0;
    $6_1 = 64 - $6_1 | 0;
    $16($7_1, $3_1, $6_1);
    $21($0_1, $4_1, 1);
    $5_1 = $5_1 - $6_1 | 0;
    $3_1 = $3_1 + $6_1 | 0;
   }
   $21($0_1, $3_1, $5_1 >>> 6 | 0);
   $16($0_1 + 32 | 0, ($5_1 & -64) + $3_1 | 0, $5_1 & 63);
  }
  $4_1 = $0_1 + 104 | 0;
  $0_1 = HEAP32[$4_1 + 84 >> 2];
  $5_1 = HEAP32[$4_1 + 80 >> 2];
  $3_1 = $5_1 + $2_1 | 0;
  $0_1 = $3_1 >>> 0 < $2_1 >>> 0 ? $0_1 + 1 | 0 : $0_1;
  HEAP32[$4_1 + 80 >> 2] = $3_1;
  HEAP32[$4_1 + 84 >> 2] = $0_1;
  $3_1 = $5_1 & 63;
  __inlined_func$23$4 : {
   if ($3_1 + $2_1 >>> 0 <= 63) {
    if (!$2_1) {
     break __inlined_func$23$4
    }
    $16(($3_1 + $4_1 | 0) + 16 | 0, $1_1, $2_1);
    break __inlined_func$23$4;
   }
   if ($3_1) {
    $0_1 = $4_1 + 16 | 0;
    $5_1 = $3_1 + $0_1 | 0;
    $3_1 = 64 - $3_1 | 0;
    $16($5_1, $1_1, $3_1);
    $24($4_1, $0_1, 1);
    $2_1 = $2_1 - $3_1 | 0;
    $1_1 = $1_1 + $3_1 | 0;
   }
   $24($4_1, $1_1, $2_1 >>> 6 | 0);
   $16($4_1 + 16 | 0, ($2_1 & -64) + $1_1 | 0, $2_1 & 63);
  }
 }
 
 function $14($0_1, $1_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  var $2_1 = 0, $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0;
  $3_1 = global$0 - 48 | 0;
  global$0 = $3_1;
  $7_1 = $3_1 + 16 | 0;
  $6_1 = global$0 - 80 | 0;
  global$0 = $6_1;
  $4_1 = HEAP32[$0_1 + 96 >> 2];
  $2_1 = HEAP32[$0_1 + 100 >> 2];
  $6_1 = $17($6_1, 72);
  HEAP8[$6_1 | 0] = 128;
  $10_1 = $4_1 & 63;
  $8_1 = ($10_1 >>> 0 < 56 ? 56 : 120) - $10_1 | 0;
  $5_1 = $8_1 + $6_1 | 0;
  HEAP8[$5_1 | 0] = $2_1 >>> 21;
  HEAP8[$5_1 + 7 | 0] = $4_1 << 3;
  HEAP8[$5_1 + 6 | 0] = ($2_1 & 31) << 27 | $4_1 >>> 5;
  HEAP8[$5_1 + 5 | 0] = ($2_1 & 8191) << 19 | $4_1 >>> 13;
  HEAP8[$5_1 + 4 | 0] = ($2_1 & 2097151) << 11 | $4_1 >>> 21;
  HEAP8[$5_1 + 3 | 0] = ($2_1 & 536870911) << 3 | $4_1 >>> 29;
  HEAP8[$5_1 + 2 | 0] = $2_1 >>> 5;
  HEAP8[$5_1 + 1 | 0] = $2_1 >>> 13;
  $5_1 = $8_1 + 8 | 0;
  $8_1 = $4_1 + $5_1 | 0;
  $4_1 = $5_1 >>> 0 > $8_1 >>> 0 ? $2_1 + 1 | 0 : $2_1;
  $2_1 = $0_1;
  HEAP32[$2_1 + 96 >> 2] = $8_1;
  HEAP32[$2_1 + 100 >> 2] = $4_1;
  if ($10_1) {
   $0_1 = $2_1 + 32 | 0;
   $4_1 = 64 - $10_1 | 0;
   $16($0_1 + $10_1 | 0, $6_1, $4_1);
   $21($2_1, $0_1, 1);
   $5_1 = $5_1 - $4_1 | 0;
   $0_1 = $4_1 + $6_1 | 0;
  } else {
   $0_1 = $6_1
  }
  $21($2_1, $0_1, $5_1 >>> 6 | 0);
  $16($2_1 + 32 | 0, ($5_1 & -64) + $0_1 | 0, $5_1 & 63);
  $5_1 = 0;
  while (1) {
   $8_1 = $5_1 + $7_1 | 0;
   $4_1 = ($5_1 & -4) + $2_1 | 0;
   $0_1 = $9_1 & 16;
   HEAP8[$8_1 | 0] = HEAP32[$4_1 >> 2] >>> ($0_1 ^ 24);
   HEAP8[$8_1 + 1 | 0] = HEAP32[$4_1 >> 2] >>> ($0_1 ^ 16);
   $9_1 = $9_1 + 16 | 0;
   $5_1 = $5_1 + 2 | 0;
   if (($5_1 | 0) != 32) {
    continue
   }
   break;
  };
  global$0 = $6_1 + 80 | 0;
  $4_1 = global$0 - 80 | 0;
  global$0 = $4_1;
  $2_1 = $2_1 + 104 | 0;
  $0_1 = HEAP32[$2_1 + 80 >> 2];
  $9_1 = HEAP32[$2_1 + 84 >> 2];
  $4_1 = $17($4_1, 72);
  HEAP8[$4_1 | 0] = 128;
  $8_1 = $0_1 & 63;
  $6_1 = ($8_1 >>> 0 < 56 ? 56 : 120) - $8_1 | 0;
  $7_1 = $6_1 + $4_1 | 0;
  HEAP8[$7_1 | 0] = $0_1 << 3;
  HEAP8[$7_1 + 7 | 0] = $9_1 >>> 21;
  HEAP8[$7_1 + 6 | 0] = $9_1 >>> 13;
  HEAP8[$7_1 + 5 | 0] = $9_1 >>> 5;
  HEAP8[$7_1 + 4 | 0] = ($9_1 & 536870911) << 3 | $0_1 >>> 29;
  HEAP8[$7_1 + 3 | 0] = ($9_1 & 2097151) << 11 | $0_1 >>> 21;
  HEAP8[$7_1 + 2 | 0] = ($9_1 & 8191) << 19 | $0_1 >>> 13;
  HEAP8[$7_1 + 1 | 0] = ($9_1 & 31) << 27 | $0_1 >>> 5;
  $7_1 = $6_1 + 8 | 0;
  $6_1 = $0_1 + $7_1 | 0;
  $0_1 = $7_1 >>> 0 > $6_1 >>> 0 ? $9_1 + 1 | 0 : $9_1;
  HEAP32[$2_1 + 80 >> 2] = $6_1;
  HEAP32[$2_1 + 84 >> 2] = $0_1;
  if ($8_1) {
   $0_1 = $2_1 + 16 | 0;
   $6_1 = 64 - $8_1 | 0;
   $16($0_1 + $8_1 | 0, $4_1, $6_1);
   $24($2_1, $0_1, 1);
   $7_1 = $7_1 - $6_1 | 0;
   $0_1 = $4_1 + $6_1 | 0;
  } else {
   $0_1 = $4_1
  }
  $24($2_1, $0_1, $7_1 >>> 6 | 0);
  $16($2_1 + 16 | 0, ($7_1 & -64) + $0_1 | 0, $7_1 & 63);
  HEAP8[$3_1 | 0] = HEAP32[$2_1 >> 2];
  HEAP8[$3_1 + 1 | 0] = HEAP32[$2_1 >> 2] >>> 8;
  HEAP8[$3_1 + 2 | 0] = HEAPU16[$2_1 + 2 >> 1];
  HEAP8[$3_1 + 3 | 0] = HEAPU8[$2_1 + 3 | 0];
  HEAP8[$3_1 + 4 | 0] = HEAP32[$2_1 + 4 >> 2];
  HEAP8[$3_1 + 5 | 0] = HEAP32[$2_1 + 4 >> 2] >>> 8;
  HEAP8[$3_1 + 6 | 0] = HEAPU16[$2_1 + 6 >> 1];
  HEAP8[$3_1 + 7 | 0] = HEAPU8[$2_1 + 7 | 0];
  HEAP8[$3_1 + 8 | 0] = HEAP32[$2_1 + 8 >> 2];
  HEAP8[$3_1 + 9 | 0] = HEAP32[$2_1 + 8 >> 2] >>> 8;
  HEAP8[$3_1 + 10 | 0] = HEAPU16[$2_1 + 10 >> 1];
  HEAP8[$3_1 + 11 | 0] = HEAPU8[$2_1 + 11 | 0];
  HEAP8[$3_1 + 12 | 0] = HEAP32[$2_1 + 12 >> 2];
  HEAP8[$3_1 + 13 | 0] = HEAP32[$2_1 + 12 >> 2] >>> 8;
  HEAP8[$3_1 + 14 | 0] = HEAPU16[$2_1 + 14 >> 1];
  HEAP8[$3_1 + 15 | 0] = HEAPU8[$2_1 + 15 | 0];
  global$0 = $4_1 + 80 | 0;
  $2_1 = HEAP32[$3_1 + 44 >> 2];
  $0_1 = HEAP32[$3_1 + 40 >> 2];
  HEAP8[$1_1 + 24 | 0] = $0_1;
  HEAP8[$1_1 + 25 | 0] = $0_1 >>> 8;
  HEAP8[$1_1 + 26 | 0] = $0_1 >>> 16;
  HEAP8[$1_1 + 27 | 0] = $0_1 >>> 24;
  HEAP8[$1_1 + 28 | 0] = $2_1;
  HEAP8[$1_1 + 29 | 0] = $2_1 >>> 8;
  HEAP8[$1_1 + 30 | 0] = $2_1 >>> 16;
  HEAP8[$1_1 + 31 | 0] = $2_1 >>> 24;
  $2_1 = HEAP32[$3_1 + 36 >> 2];
  $0_1 = HEAP32[$3_1 + 32 >> 2];
  HEAP8[$1_1 + 16 | 0] = $0_1;
  HEAP8[$1_1 + 17 | 0] = $0_1 >>> 8;
  HEAP8[$1_1 + 18 | 0] = $0_1 >>> 16;
  HEAP8[$1_1 + 19 | 0] = $0_1 >>> 24;
  HEAP8[$1_1 + 20 | 0] = $2_1;
  HEAP8[$1_1 + 21 | 0] = $2_1 >>> 8;
  HEAP8[$1_1 + 22 | 0] = $2_1 >>> 16;
  HEAP8[$1_1 + 23 | 0] = $2_1 >>> 24;
  $2_1 = HEAP32[$3_1 + 28 >> 2];
  $0_1 = HEAP32[$3_1 + 24 >> 2];
  HEAP8[$1_1 + 8 | 0] = $0_1;
  HEAP8[$1_1 + 9 | 0] = $0_1 >>> 8;
  HEAP8[$1_1 + 10 | 0] = $0_1 >>> 16;
  HEAP8[$1_1 + 11 | 0] = $0_1 >>> 24;
  HEAP8[$1_1 + 12 | 0] = $2_1;
  HEAP8[$1_1 + 13 | 0] = $2_1 >>> 8;
  HEAP8[$1_1 + 14 | 0] = $2_1 >>> 16;
  HEAP8[$1_1 + 15 | 0] = $2_1 >>> 24;
  $2_1 = HEAP32[$3_1 + 20 >> 2];
  $0_1 = HEAP32[$3_1 + 16 >> 2];
  HEAP8[$1_1 | 0] = $0_1;
  HEAP8[$1_1 + 1 | 0] = $0_1 >>> 8;
  HEAP8[$1_1 + 2 | 0] = $0_1 >>> 16;
  HEAP8[$1_1 + 3 | 0] = $0_1 >>> 24;
  HEAP8[$1_1 + 4 | 0] = $2_1;
  HEAP8[$1_1 + 5 | 0] = $2_1 >>> 8;
  HEAP8[$1_1 + 6 | 0] = $2_1 >>> 16;
  HEAP8[$1_1 + 7 | 0] = $2_1 >>> 24;
  $2_1 = HEAP32[$3_1 + 4 >> 2];
  $0_1 = HEAP32[$3_1 >> 2];
  HEAP8[$1_1 + 32 | 0] = $0_1;
  HEAP8[$1_1 + 33 | 0] = $0_1 >>> 8;
  HEAP8[$1_1 + 34 | 0] = $0_1 >>> 16;
  HEAP8[$1_1 + 35 | 0] = $0_1 >>> 24;
  HEAP8[$1_1 + 36 | 0] = $2_1;
  HEAP8[$1_1 + 37 | 0] = $2_1 >>> 8;
  HEAP8[$1_1 + 38 | 0] = $2_1 >>> 16;
  HEAP8[$1_1 + 39 | 0] = $2_1 >>> 24;
  $2_1 = HEAP32[$3_1 + 12 >> 2];
  $0_1 = HEAP32[$3_1 + 8 >> 2];
  HEAP8[$1_1 + 40 | 0] = $0_1;
  HEAP8[$1_1 + 41 | 0] = $0_1 >>> 8;
  HEAP8[$1_1 + 42 | 0] = $0_1 >>> 16;
  HEAP8[$1_1 + 43 | 0] = $0_1 >>> 24;
  HEAP8[$1_1 + 44 | 0] = $2_1;
  HEAP8[$1_1 + 45 | 0] = $2_1 >>> 8;
  HEAP8[$1_1 + 46 | 0] = $2_1 >>> 16;
  HEAP8[$1_1 + 47 | 0] = $2_1 >>> 24;
  global$0 = $3_1 + 48 | 0;
 }
 
 function $15() {
  var $0_1 = 0;
  __inlined_func$32$7 : {
   if (!HEAPU8[271084]) {
    HEAP8[271084] = 1;
    HEAP32[67770] = 0;
    $0_1 = 262752;
    break __inlined_func$32$7;
   }
   $0_1 = HEAP32[67770] == 1 ? 262759 : 262752;
  }
  return $0_1 | 0;
 }
 
 function $16($0_1, $1_1, $2_1) {
  var $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0;
  block : {
   if (!$2_1) {
    break block
   }
   $4_1 = $2_1 & 3;
   if ($2_1 >>> 0 >= 4) {
    $6_1 = $2_1 & -4;
    while (1) {
     $2_1 = $0_1 + $3_1 | 0;
     $5_1 = $1_1 + $3_1 | 0;
     HEAP8[$2_1 | 0] = HEAPU8[$5_1 | 0];
     HEAP8[$2_1 + 1 | 0] = HEAPU8[$5_1 + 1 | 0];
     HEAP8[$2_1 + 2 | 0] = HEAPU8[$5_1 + 2 | 0];
     HEAP8[$2_1 + 3 | 0] = HEAPU8[$5_1 + 3 | 0];
     $3_1 = $3_1 + 4 | 0;
     if (($6_1 | 0) != ($3_1 | 0)) {
      continue
     }
     break;
    };
    if (!$4_1) {
     break block
    }
   }
   $2_1 = $1_1 + $3_1 | 0;
   $3_1 = $0_1 + $3_1 | 0;
   while (1) {
    HEAP8[$3_1 | 0] = HEAPU8[$2_1 | 0];
    $2_1 = $2_1 + 1 | 0;
    $3_1 = $3_1 + 1 | 0;
    $4_1 = $4_1 - 1 | 0;
    if ($4_1) {
     continue
    }
    break;
   };
  }
  return $0_1;
 }
 
 function $17($0_1, $1_1) {
  var $2_1 = 0, $3_1 = 0, $4_1 = 0;
  block : {
   if (!$1_1) {
    break block
   }
   $2_1 = $1_1 & 7;
   if ($1_1 >>> 0 >= 8) {
    $4_1 = $1_1 & -8;
    while (1) {
     $1_1 = $0_1 + $3_1 | 0;
     HEAP8[$1_1 | 0] = 0;
     HEAP8[$1_1 + 7 | 0] = 0;
     HEAP8[$1_1 + 6 | 0] = 0;
     HEAP8[$1_1 + 5 | 0] = 0;
     HEAP8[$1_1 + 4 | 0] = 0;
     HEAP8[$1_1 + 3 | 0] = 0;
     HEAP8[$1_1 + 2 | 0] = 0;
     HEAP8[$1_1 + 1 | 0] = 0;
     $3_1 = $3_1 + 8 | 0;
     if (($4_1 | 0) != ($3_1 | 0)) {
      continue
     }
     break;
    };
    if (!$2_1) {
     break block
    }
   }
   $1_1 = $0_1 + $3_1 | 0;
   while (1) {
    HEAP8[$1_1 | 0] = 0;
    $1_1 = $1_1 + 1 | 0;
    $2_1 = $2_1 - 1 | 0;
    if ($2_1) {
     continue
    }
    break;
   };
  }
  return $0_1;
 }
 
 function $18($0_1) {
  var $1_1 = 0, $2_1 = 0, $3_1 = 0, $4_1 = 0;
  block : {
   if (($0_1 | 0) < 0) {
    break block
   }
   $1_1 = HEAP32[67768];
   if (!$1_1) {
    $1_1 = 289488;
    block2 : {
     if (__wasm_memory_size() << 16 >>> 0 >= 289504) {
      break block2
     }
     if ((__wasm_memory_grow(1) | 0) != -1) {
      break block2
     }
     return 0;
    }
    $2_1 = __wasm_memory_size();
    HEAP32[72372] = 0;
    HEAP8[289496] = 0;
    HEAP32[67769] = 289488;
    HEAP32[67768] = 289488;
    HEAP32[72373] = ($2_1 << 16) - 289504;
   }
   $0_1 = $0_1 + 15 & -16;
   block4 : {
    while (1) {
     if (!HEAPU8[$1_1 + 8 | 0]) {
      $3_1 = HEAP32[$1_1 + 4 >> 2];
      if ($0_1 >>> 0 <= $3_1 >>> 0) {
       break block4
      }
     }
     $1_1 = HEAP32[$1_1 >> 2];
     if ($1_1) {
      continue
     }
     break;
    };
    $3_1 = __wasm_memory_size();
    $1_1 = $0_1 + 65551 | 0;
    if ((__wasm_memory_grow($1_1 >>> 16 | 0) | 0) == -1) {
     return 0
    }
    $2_1 = $1_1 & -65536;
    $1_1 = HEAP32[67769];
    block7 : {
     if (HEAPU8[$1_1 + 8 | 0] == 1) {
      $1_1 = $3_1 << 16;
      HEAP32[$1_1 >> 2] = 0;
      HEAP32[HEAP32[67769] >> 2] = $1_1;
      HEAP8[$1_1 + 8 | 0] = 0;
      HEAP32[$1_1 + 4 >> 2] = $2_1 - 16;
      HEAP32[67769] = $1_1;
      break block7;
     }
     HEAP32[$1_1 + 4 >> 2] = $2_1 + HEAP32[$1_1 + 4 >> 2];
    }
    $2_1 = 0;
    $1_1 = HEAP32[67768];
    if (!$1_1) {
     break block
    }
    while (1) {
     if (!HEAPU8[$1_1 + 8 | 0]) {
      $3_1 = HEAP32[$1_1 + 4 >> 2];
      if ($0_1 >>> 0 <= $3_1 >>> 0) {
       break block4
      }
     }
     $1_1 = HEAP32[$1_1 >> 2];
     if ($1_1) {
      continue
     }
     break;
    };
    break block;
   }
   block9 : {
    if ($0_1 + 32 >>> 0 > $3_1 >>> 0) {
     break block9
    }
    $4_1 = $0_1 + $1_1 | 0;
    $2_1 = $4_1 + 16 | 0;
    HEAP32[$2_1 >> 2] = 0;
    HEAP32[$2_1 >> 2] = HEAP32[$1_1 >> 2];
    HEAP32[$4_1 + 20 >> 2] = ($3_1 - $0_1 | 0) - 16;
    HEAP32[$1_1 >> 2] = $2_1;
    HEAP8[$4_1 + 24 | 0] = 0;
    HEAP32[$1_1 + 4 >> 2] = $0_1;
    if (HEAP32[67769] != ($1_1 | 0)) {
     break block9
    }
    HEAP32[67769] = $2_1;
   }
   HEAP8[$1_1 + 8 | 0] = 1;
   $2_1 = $1_1 + 16 | 0;
  }
  return $2_1;
 }
 
 function $19($0_1) {
  var $1_1 = 0, $2_1 = 0;
  block : {
   if (!$0_1) {
    break block
   }
   HEAP8[$0_1 - 8 | 0] = 0;
   $1_1 = HEAP32[67768];
   $0_1 = HEAP32[$1_1 >> 2];
   if (!$0_1) {
    break block
   }
   while (1) {
    block2 : {
     if (HEAPU8[$1_1 + 8 | 0]) {
      break block2
     }
     while (1) {
      if (HEAPU8[$0_1 + 8 | 0]) {
       break block2
      }
      $2_1 = $0_1;
      if (($0_1 | 0) == HEAP32[67769]) {
       HEAP32[67769] = $1_1;
       $2_1 = HEAP32[$1_1 >> 2];
      }
      $0_1 = HEAP32[$2_1 >> 2];
      HEAP32[$1_1 >> 2] = $0_1;
      HEAP32[$1_1 + 4 >> 2] = (HEAP32[$2_1 + 4 >> 2] + HEAP32[$1_1 + 4 >> 2] | 0) + 16;
      if ($0_1) {
       continue
      }
      break;
     };
     break block;
    }
    $1_1 = $0_1;
    $0_1 = HEAP32[$0_1 >> 2];
    if ($0_1) {
     continue
    }
    break;
   };
  }
 }
 
 function $21($0_1, $1_1, $2_1) {
  var $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0, $16_1 = 0, $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0, $22 = 0, wasm2js_i32$0 = 0, wasm2js_i32$1 = 0;
  $10_1 = global$0 - 256 | 0;
  global$0 = $10_1;
  if ($2_1) {
   $12_1 = HEAP32[$0_1 + 28 >> 2];
   $13_1 = HEAP32[$0_1 + 24 >> 2];
   $14_1 = HEAP32[$0_1 + 20 >> 2];
   $15_1 = HEAP32[$0_1 + 16 >> 2];
   $16_1 = HEAP32[$0_1 + 12 >> 2];
   $17_1 = HEAP32[$0_1 + 8 >> 2];
   $18_1 = HEAP32[$0_1 + 4 >> 2];
   $19_1 = HEAP32[$0_1 >> 2];
   while (1) {
    $3_1 = 0;
    while (1) {
     $4_1 = $1_1 + $3_1 | 0;
     $4_1 = HEAPU8[$4_1 | 0] | HEAPU8[$4_1 + 1 | 0] << 8 | (HEAPU8[$4_1 + 2 | 0] << 16 | HEAPU8[$4_1 + 3 | 0] << 24);
     (wasm2js_i32$0 = $3_1 + $10_1 | 0, wasm2js_i32$1 = __wasm_rotr_i32($4_1 & 16711935, 8) | __wasm_rotr_i32($4_1, 24) & 16711935), HEAP32[wasm2js_i32$0 >> 2] = wasm2js_i32$1;
     $3_1 = $3_1 + 4 | 0;
     if (($3_1 | 0) != 64) {
      continue
     }
     break;
    };
    $4_1 = 0;
    while (1) {
     $3_1 = $4_1 + $10_1 | 0;
     $5_1 = HEAP32[$3_1 + 4 >> 2];
     $5_1 = (HEAP32[$3_1 + 36 >> 2] + HEAP32[$3_1 >> 2] | 0) + (__wasm_rotl_i32($5_1, 25) ^ __wasm_rotl_i32($5_1, 14) ^ $5_1 >>> 3) | 0;
     $7_1 = $3_1 - -64 | 0;
     $3_1 = HEAP32[$3_1 + 56 >> 2];
     (wasm2js_i32$0 = $7_1, wasm2js_i32$1 = (__wasm_rotl_i32($3_1, 15) ^ __wasm_rotl_i32($3_1, 13) ^ $3_1 >>> 10) + $5_1 | 0), HEAP32[wasm2js_i32$0 >> 2] = wasm2js_i32$1;
     $4_1 = $4_1 + 4 | 0;
     if (($4_1 | 0) != 192) {
      continue
     }
     break;
    };
    $11_1 = 0;
    $20 = $12_1;
    $3_1 = $13_1;
    $4_1 = $14_1;
    $8_1 = $15_1;
    $21_1 = $16_1;
    $5_1 = $17_1;
    $7_1 = $18_1;
    $6_1 = $19_1;
    while (1) {
     $9_1 = $6_1;
     $6_1 = __wasm_rotl_i32($9_1, 30) ^ __wasm_rotl_i32($9_1, 19);
     $22 = $5_1;
     $6_1 = ($9_1 & ($7_1 ^ $5_1) ^ $5_1 & $7_1) + (__wasm_rotl_i32($9_1, 10) ^ $6_1) | 0;
     $5_1 = $8_1;
     $8_1 = ((((__wasm_rotl_i32($5_1, 26) ^ __wasm_rotl_i32($5_1, 21) ^ __wasm_rotl_i32($5_1, 7)) + $20 | 0) + ($5_1 & ($3_1 ^ $4_1) ^ $3_1) | 0) + HEAP32[$11_1 + 262176 >> 2] | 0) + HEAP32[$10_1 + $11_1 >> 2] | 0;
     $6_1 = $6_1 + $8_1 | 0;
     $8_1 = $8_1 + $21_1 | 0;
     $20 = $3_1;
     $3_1 = $4_1;
     $4_1 = $5_1;
     $21_1 = $22;
     $5_1 = $7_1;
     $7_1 = $9_1;
     $11_1 = $11_1 + 4 | 0;
     if (($11_1 | 0) != 256) {
      continue
     }
     break;
    };
    $12_1 = $12_1 + $20 | 0;
    HEAP32[$0_1 + 28 >> 2] = $12_1;
    $13_1 = $3_1 + $13_1 | 0;
    HEAP32[$0_1 + 24 >> 2] = $13_1;
    $14_1 = $4_1 + $14_1 | 0;
    HEAP32[$0_1 + 20 >> 2] = $14_1;
    $15_1 = $8_1 + $15_1 | 0;
    HEAP32[$0_1 + 16 >> 2] = $15_1;
    $16_1 = $16_1 + $21_1 | 0;
    HEAP32[$0_1 + 12 >> 2] = $16_1;
    $17_1 = $5_1 + $17_1 | 0;
    HEAP32[$0_1 + 8 >> 2] = $17_1;
    $18_1 = $9_1 + $18_1 | 0;
    HEAP32[$0_1 + 4 >> 2] = $18_1;
    $19_1 = $6_1 + $19_1 | 0;
    HEAP32[$0_1 >> 2] = $19_1;
    $1_1 = $1_1 - -64 | 0;
    $2_1 = $2_1 - 1 | 0;
    if ($2_1) {
     continue
    }
    break;
   };
  }
  global$0 = $10_1 + 256 | 0;
 }
 
 function $24($0_1, $1_1, $2_1) {
  var $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0, $16_1 = 0, $17_1 = 0;
  $4_1 = global$0 + -64 | 0;
  if ($2_1) {
   $11_1 = HEAP32[$0_1 + 12 >> 2];
   $12_1 = HEAP32[$0_1 + 8 >> 2];
   $13_1 = HEAP32[$0_1 + 4 >> 2];
   $14_1 = HEAP32[$0_1 >> 2];
   while (1) {
    HEAP32[$4_1 >> 2] = HEAPU8[$1_1 | 0] | HEAPU8[$1_1 + 1 | 0] << 8 | (HEAPU8[$1_1 + 2 | 0] << 16 | HEAPU8[$1_1 + 3 | 0] << 24);
    $3_1 = HEAPU8[$1_1 + 8 | 0] | HEAPU8[$1_1 + 9 | 0] << 8 | (HEAPU8[$1_1 + 10 | 0] << 16 | HEAPU8[$1_1 + 11 | 0] << 24);
    HEAP32[$4_1 + 4 >> 2] = HEAPU8[$1_1 + 4 | 0] | HEAPU8[$1_1 + 5 | 0] << 8 | (HEAPU8[$1_1 + 6 | 0] << 16 | HEAPU8[$1_1 + 7 | 0] << 24);
    HEAP32[$4_1 + 8 >> 2] = $3_1;
    $3_1 = HEAPU8[$1_1 + 16 | 0] | HEAPU8[$1_1 + 17 | 0] << 8 | (HEAPU8[$1_1 + 18 | 0] << 16 | HEAPU8[$1_1 + 19 | 0] << 24);
    HEAP32[$4_1 + 12 >> 2] = HEAPU8[$1_1 + 12 | 0] | HEAPU8[$1_1 + 13 | 0] << 8 | (HEAPU8[$1_1 + 14 | 0] << 16 | HEAPU8[$1_1 + 15 | 0] << 24);
    HEAP32[$4_1 + 16 >> 2] = $3_1;
    $3_1 = HEAPU8[$1_1 + 24 | 0] | HEAPU8[$1_1 + 25 | 0] << 8 | (HEAPU8[$1_1 + 26 | 0] << 16 | HEAPU8[$1_1 + 27 | 0] << 24);
    HEAP32[$4_1 + 20 >> 2] = HEAPU8[$1_1 + 20 | 0] | HEAPU8[$1_1 + 21 | 0] << 8 | (HEAPU8[$1_1 + 22 | 0] << 16 | HEAPU8[$1_1 + 23 | 0] << 24);
    HEAP32[$4_1 + 24 >> 2] = $3_1;
    $3_1 = HEAPU8[$1_1 + 32 | 0] | HEAPU8[$1_1 + 33 | 0] << 8 | (HEAPU8[$1_1 + 34 | 0] << 16 | HEAPU8[$1_1 + 35 | 0] << 24);
    HEAP32[$4_1 + 28 >> 2] = HEAPU8[$1_1 + 28 | 0] | HEAPU8[$1_1 + 29 | 0] << 8 | (HEAPU8[$1_1 + 30 | 0] << 16 | HEAPU8[$1_1 + 31 | 0] << 24);
    HEAP32[$4_1 + 32 >> 2] = $3_1;
    $3_1 = HEAPU8[$1_1 + 40 | 0] | HEAPU8[$1_1 + 41 | 0] << 8 | (HEAPU8[$1_1 + 42 | 0] << 16 | HEAPU8[$1_1 + 43 | 0] << 24);
    HEAP32[$4_1 + 36 >> 2] = HEAPU8[$1_1 + 36 | 0] | HEAPU8[$1_1 + 37 | 0] << 8 | (HEAPU8[$1_1 + 38 | 0] << 16 | HEAPU8[$1_1 + 39 | 0] << 24);
    HEAP32[$4_1 + 40 >> 2] = $3_1;
    $3_1 = HEAPU8[$1_1 + 48 | 0] | HEAPU8[$1_1 + 49 | 0] << 8 | (HEAPU8[$1_1 + 50 | 0] << 16 | HEAPU8[$1_1 + 51 | 0] << 24);
    HEAP32[$4_1 + 44 >> 2] = HEAPU8[$1_1 + 44 | 0] | HEAPU8[$1_1 + 45 | 0] << 8 | (HEAPU8[$1_1 + 46 | 0] << 16 | HEAPU8[$1_1 + 47 | 0] << 24);
    HEAP32[$4_1 + 48 >> 2] = $3_1;
    $3_1 = HEAPU8[$1_1 + 56 | 0] | HEAPU8[$1_1 + 57 | 0] << 8 | (HEAPU8[$1_1 + 58 | 0] << 16 | HEAPU8[$1_1 + 59 | 0] << 24);
    HEAP32[$4_1 + 52 >> 2] = HEAPU8[$1_1 + 52 | 0] | HEAPU8[$1_1 + 53 | 0] << 8 | (HEAPU8[$1_1 + 54 | 0] << 16 | HEAPU8[$1_1 + 55 | 0] << 24);
    HEAP32[$4_1 + 56 >> 2] = $3_1;
    HEAP32[$4_1 + 60 >> 2] = HEAPU8[$1_1 + 60 | 0] | HEAPU8[$1_1 + 61 | 0] << 8 | (HEAPU8[$1_1 + 62 | 0] << 16 | HEAPU8[$1_1 + 63 | 0] << 24);
    $15_1 = 0;
    $16_1 = 262432;
    $17_1 = $14_1;
    $6_1 = 0;
    $5_1 = $11_1;
    $3_1 = $12_1;
    $9_1 = $13_1;
    while (1) {
     $10_1 = $9_1;
     $7_1 = $3_1;
     $8_1 = $5_1;
     block5 : {
      block4 : {
       block3 : {
        block2 : {
         block1 : {
          $9_1 = $6_1 >>> 4 | 0;
          switch ($9_1 | 0) {
          case 0:
           break block1;
          case 1:
           break block2;
          case 2:
           break block3;
          default:
           break block4;
          };
         }
         $5_1 = ($7_1 ^ $8_1) & $10_1 ^ $8_1;
         $3_1 = $6_1;
         break block5;
        }
        $5_1 = ($7_1 ^ $10_1) & $8_1 ^ $7_1;
        $3_1 = Math_imul($6_1, 5) + 1 | 0;
        break block5;
       }
       $5_1 = $7_1 ^ $10_1 ^ $8_1;
       $3_1 = Math_imul($6_1, 3) + 5 | 0;
       break block5;
      }
      $5_1 = ($8_1 ^ -1 | $10_1) ^ $7_1;
      $3_1 = $15_1;
     }
     $3_1 = HEAP32[(($3_1 & 15) << 2) + $4_1 >> 2] + (HEAP32[$16_1 >> 2] + ($5_1 + $17_1 | 0) | 0) | 0;
     $5_1 = HEAP32[($9_1 << 4 | ($6_1 & 3) << 2) + 262688 >> 2];
     $9_1 = ($3_1 << $5_1) + $10_1 + ($3_1 >>> 32 - $5_1) | 0;
     $16_1 = $16_1 + 4 | 0;
     $6_1 = $6_1 + 1 | 0;
     $17_1 = $8_1;
     $5_1 = $7_1;
     $3_1 = $10_1;
     $15_1 = $15_1 + 7 | 0;
     if (($15_1 | 0) != 448) {
      continue
     }
     break;
    };
    $11_1 = $7_1 + $11_1 | 0;
    HEAP32[$0_1 + 12 >> 2] = $11_1;
    $12_1 = $3_1 + $12_1 | 0;
    HEAP32[$0_1 + 8 >> 2] = $12_1;
    $13_1 = $9_1 + $13_1 | 0;
    HEAP32[$0_1 + 4 >> 2] = $13_1;
    $14_1 = $8_1 + $14_1 | 0;
    HEAP32[$0_1 >> 2] = $14_1;
    $1_1 = $1_1 - -64 | 0;
    $2_1 = $2_1 - 1 | 0;
    if ($2_1) {
     continue
    }
    break;
   };
  }
 }
 
 function $27($0_1, $1_1, $2_1, $3_1, $4_1) {
  var $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0, $16_1 = 0, $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0, $22 = 0, $23 = 0, $24_1 = 0, $25 = 0, $26 = 0, $27_1 = 0, $28_1 = 0, $29_1 = 0, $30_1 = 0;
  $8_1 = global$0 - 528 | 0;
  global$0 = $8_1;
  $10_1 = HEAP32[$1_1 >> 2];
  $5_1 = HEAP32[$1_1 + 4 >> 2];
  $17_1 = $2_1 ? $10_1 : $5_1;
  HEAP32[$8_1 + 460 >> 2] = $17_1;
  $7_1 = HEAP32[$1_1 + 12 >> 2];
  $9_1 = HEAP32[$1_1 + 8 >> 2];
  $18_1 = $2_1 ? $7_1 : $9_1;
  HEAP32[$8_1 + 472 >> 2] = $18_1;
  $11_1 = $2_1 ? $5_1 : $10_1;
  HEAP32[$8_1 + 468 >> 2] = $11_1;
  $19_1 = $2_1 ? $9_1 : $7_1;
  HEAP32[$8_1 + 464 >> 2] = $19_1;
  $6_1 = HEAP32[$0_1 >> 2];
  $24_1 = HEAP32[$6_1 >> 2];
  HEAP32[$8_1 + 484 >> 2] = $24_1;
  $12_1 = HEAP32[$6_1 + 16 >> 2];
  $14_1 = HEAP32[$6_1 + 12 >> 2];
  $15_1 = $2_1 ? $12_1 : $14_1;
  HEAP32[$8_1 + 492 >> 2] = $15_1;
  $22 = $2_1 ? $14_1 : $12_1;
  HEAP32[$8_1 + 488 >> 2] = $22;
  $20 = ($14_1 | 0) == 1;
  HEAP32[$8_1 + 456 >> 2] = $20 ? 1 : 3;
  $6_1 = ($18_1 - $11_1 | 0) / 128 | 0;
  $13_1 = ($6_1 | 0) <= 1 ? 1 : $6_1;
  HEAP32[$8_1 + 476 >> 2] = $13_1;
  $10_1 = $9_1 - $10_1 | 0;
  $5_1 = $7_1 - $5_1 | 0;
  $10_1 = ((($5_1 | 0) > ($10_1 | 0) ? $10_1 : $5_1) | 0) / 12 | 0;
  $5_1 = $10_1 - (($10_1 | 0) % ($13_1 | 0) | 0) | 0;
  HEAP32[$8_1 + 480 >> 2] = $5_1;
  $7_1 = 0;
  $12_1 = 0;
  $6_1 = 0;
  $10_1 = $5_1 + $11_1 | 0;
  $23 = $18_1 - $5_1 | 0;
  $27_1 = ($10_1 | 0) >= ($23 | 0);
  if (!$27_1) {
   $5_1 = (Math_imul($17_1, $22) + Math_imul($10_1, $15_1) | 0) + $24_1 | 0;
   $25 = Math_imul($13_1, $15_1);
   $9_1 = $10_1;
   while (1) {
    if (!$20) {
     $16_1 = HEAPU8[$5_1 + 2 | 0] + $16_1 | 0;
     $12_1 = HEAPU8[$5_1 + 1 | 0] + $12_1 | 0;
    }
    $7_1 = HEAPU8[$5_1 | 0] + $7_1 | 0;
    $5_1 = $5_1 + $25 | 0;
    $6_1 = $6_1 + 1 | 0;
    $9_1 = $9_1 + $13_1 | 0;
    if (($23 | 0) > ($9_1 | 0)) {
     continue
    }
    break;
   };
  }
  $5_1 = $6_1 >>> 1 | 0;
  $28_1 = ($5_1 + $7_1 | 0) / ($6_1 | 0) | 0;
  $25 = 0;
  if (!$20) {
   $25 = ($5_1 + $12_1 | 0) / ($6_1 | 0) & 255;
   $30_1 = ($5_1 + $16_1 | 0) / ($6_1 | 0) & 255;
  }
  $20 = 0;
  $16_1 = 0;
  $12_1 = 0;
  $7_1 = 0;
  $6_1 = 0;
  if (!$27_1) {
   $5_1 = (Math_imul($10_1, $15_1) + Math_imul($19_1 - 1 | 0, $22) | 0) + $24_1 | 0;
   $26 = Math_imul($13_1, $15_1);
   $29_1 = ($14_1 | 0) == 1;
   $9_1 = $10_1;
   while (1) {
    if (!$29_1) {
     $16_1 = HEAPU8[$5_1 + 2 | 0] + $16_1 | 0;
     $12_1 = HEAPU8[$5_1 + 1 | 0] + $12_1 | 0;
    }
    $7_1 = HEAPU8[$5_1 | 0] + $7_1 | 0;
    $5_1 = $5_1 + $26 | 0;
    $6_1 = $6_1 + 1 | 0;
    $9_1 = $9_1 + $13_1 | 0;
    if (($23 | 0) > ($9_1 | 0)) {
     continue
    }
    break;
   };
  }
  $5_1 = $6_1 >>> 1 | 0;
  $7_1 = ($5_1 + $7_1 | 0) / ($6_1 | 0) | 0;
  $26 = 0;
  if (($14_1 | 0) != 1) {
   $26 = ($5_1 + $12_1 | 0) / ($6_1 | 0) & 255;
   $20 = ($5_1 + $16_1 | 0) / ($6_1 | 0) & 255;
  }
  if (($17_1 | 0) < ($19_1 | 0)) {
   $29_1 = ($13_1 + $18_1 | 0) + ($11_1 ^ -1) | 0;
   $9_1 = (Math_imul($17_1, $22) + Math_imul($10_1, $15_1) | 0) + $24_1 | 0;
   $16_1 = Math_imul($13_1, $15_1);
   $24_1 = $7_1 & 255;
   $28_1 = $28_1 & 255;
   $18_1 = ($14_1 | 0) == 1;
   $12_1 = $17_1;
   while (1) {
    block8 : {
     if (!HEAP32[$0_1 + 4 >> 2]) {
      $15_1 = 1;
      if ($27_1) {
       break block8
      }
      $5_1 = $9_1;
      $7_1 = $10_1;
      $14_1 = (($29_1 | 0) / ($13_1 | 0) | 0) / 64 | 0;
      $6_1 = $14_1;
      while (1) {
       block14 : {
        $21_1 = HEAPU8[$5_1 | 0] - $28_1 | 0;
        $11_1 = $21_1 >> 31;
        block10 : {
         block9 : {
          if (($11_1 ^ $21_1) - $11_1 >>> 0 > 12) {
           break block9
          }
          if ($18_1) {
           break block10
          }
          $21_1 = HEAPU8[$5_1 + 1 | 0] - $25 | 0;
          $11_1 = $21_1 >> 31;
          if (($11_1 ^ $21_1) - $11_1 >>> 0 > 12) {
           break block9
          }
          $21_1 = HEAPU8[$5_1 + 2 | 0] - $30_1 | 0;
          $11_1 = $21_1 >> 31;
          if (($11_1 ^ $21_1) - $11_1 >>> 0 < 13) {
           break block10
          }
         }
         if (!$6_1) {
          $5_1 = $9_1;
          $6_1 = $10_1;
          while (1) {
           $11_1 = HEAPU8[$5_1 | 0] - $24_1 | 0;
           $7_1 = $11_1 >> 31;
           block13 : {
            block12 : {
             if (($7_1 ^ $11_1) - $7_1 >>> 0 > 12) {
              break block12
             }
             if ($18_1) {
              break block13
             }
             $11_1 = HEAPU8[$5_1 + 1 | 0] - $26 | 0;
             $7_1 = $11_1 >> 31;
             if (($7_1 ^ $11_1) - $7_1 >>> 0 > 12) {
              break block12
             }
             $11_1 = HEAPU8[$5_1 + 2 | 0] - $20 | 0;
             $7_1 = $11_1 >> 31;
             if (($7_1 ^ $11_1) - $7_1 >>> 0 < 13) {
              break block13
             }
            }
            if (!$14_1) {
             break block14
            }
            $14_1 = $14_1 - 1 | 0;
           }
           $5_1 = $5_1 + $16_1 | 0;
           $6_1 = $6_1 + $13_1 | 0;
           if (($23 | 0) > ($6_1 | 0)) {
            continue
           }
           break;
          };
          break block8;
         }
         $6_1 = $6_1 - 1 | 0;
        }
        $5_1 = $5_1 + $16_1 | 0;
        $7_1 = $7_1 + $13_1 | 0;
        if (($23 | 0) > ($7_1 | 0)) {
         continue
        }
        break block8;
       }
       break;
      };
      $15_1 = 0;
      break block8;
     }
     $15_1 = $29($0_1, $8_1 + 456 | 0, $12_1);
    }
    HEAP8[HEAP32[$0_1 + 16 >> 2] + $12_1 | 0] = $15_1;
    $9_1 = $9_1 + $22 | 0;
    $12_1 = $12_1 + 1 | 0;
    if (($12_1 | 0) != ($19_1 | 0)) {
     continue
    }
    break;
   };
  }
  block16 : {
   if (($17_1 | 0) > ($19_1 | 0)) {
    $7_1 = -1;
    break block16;
   }
   $6_1 = -1;
   $10_1 = $19_1 - 1 | 0;
   $12_1 = $19_1 + 1 | 0;
   $13_1 = HEAP32[$1_1 + 12 >> 2];
   $15_1 = HEAP32[$1_1 + 4 >> 2];
   $14_1 = HEAP32[$1_1 + 8 >> 2];
   $22 = HEAP32[$1_1 >> 2];
   $16_1 = HEAP32[$0_1 + 8 >> 2];
   $23 = HEAP32[$0_1 + 16 >> 2];
   $9_1 = 0;
   $7_1 = $17_1;
   $5_1 = $7_1;
   while (1) {
    block20 : {
     block19 : {
      block18 : {
       block17 : {
        if (($5_1 | 0) == ($19_1 | 0)) {
         break block17
        }
        $1_1 = $5_1 + $23 | 0;
        $18_1 = HEAPU8[$1_1 | 0];
        if (!$18_1) {
         break block18
        }
        if (($5_1 | 0) == ($10_1 | 0)) {
         break block17
        }
        if (!HEAPU8[$1_1 + 1 | 0]) {
         break block19
        }
       }
       if (($6_1 | 0) < 0) {
        break block20
       }
       block21 : {
        if (($16_1 | 0) > ($7_1 - $6_1 | 0)) {
         break block21
        }
        if (($9_1 | 0) > 27) {
         break block21
        }
        $1_1 = ($9_1 << 4) + $8_1 | 0;
        HEAP32[$1_1 + 12 >> 2] = $2_1 ? $13_1 : $7_1;
        HEAP32[$1_1 + 8 >> 2] = $2_1 ? $7_1 : $14_1;
        HEAP32[$1_1 + 4 >> 2] = $2_1 ? $15_1 : $6_1;
        HEAP32[$1_1 >> 2] = $2_1 ? $6_1 : $22;
        $9_1 = $9_1 + 1 | 0;
       }
       $6_1 = -1;
       break block20;
      }
      $6_1 = ($6_1 | 0) < 0 ? $5_1 : $6_1;
     }
     $7_1 = $18_1 ? $7_1 : $5_1 + 1 | 0;
    }
    $5_1 = $5_1 + 1 | 0;
    if (($12_1 | 0) != ($5_1 | 0)) {
     continue
    }
    break;
   };
   if (($9_1 | 0) <= 0) {
    $7_1 = -1;
    break block16;
   }
   $10_1 = $4_1 + 1 | 0;
   $12_1 = $2_1 ^ 1;
   $17_1 = $19_1 - $17_1 | 0;
   $5_1 = $8_1;
   $13_1 = ($4_1 | 0) == 6;
   $7_1 = -1;
   while (1) {
    if ($2_1) {
     $6_1 = HEAP32[$5_1 + 8 >> 2] - HEAP32[$5_1 >> 2] | 0
    } else {
     $6_1 = HEAP32[$5_1 + 12 >> 2] - HEAP32[$5_1 + 4 >> 2] | 0
    }
    block29 : {
     block26 : {
      if (!$13_1) {
       $1_1 = ($6_1 | 0) == ($17_1 | 0);
       if (!($1_1 & $3_1)) {
        break block26
       }
      }
      $1_1 = HEAP32[$5_1 + 12 >> 2];
      HEAP32[$8_1 + 520 >> 2] = HEAP32[$5_1 + 8 >> 2];
      HEAP32[$8_1 + 524 >> 2] = $1_1;
      $1_1 = HEAP32[$5_1 + 4 >> 2];
      HEAP32[$8_1 + 512 >> 2] = HEAP32[$5_1 >> 2];
      HEAP32[$8_1 + 516 >> 2] = $1_1;
      $1_1 = HEAP32[$5_1 + 12 >> 2];
      HEAP32[$8_1 + 504 >> 2] = HEAP32[$5_1 + 8 >> 2];
      HEAP32[$8_1 + 508 >> 2] = $1_1;
      $1_1 = HEAP32[$5_1 + 4 >> 2];
      HEAP32[$8_1 + 496 >> 2] = HEAP32[$5_1 >> 2];
      HEAP32[$8_1 + 500 >> 2] = $1_1;
      $4_1 = $8_1 + 512 | 0;
      $1_1 = $30($0_1, $4_1, 1);
      if (($1_1 | 0) >= 0) {
       $28($0_1, $4_1, $1_1)
      }
      $20 = $8_1 + 496 | 0;
      $4_1 = $30($0_1, $20, 2);
      if (($4_1 | 0) >= 0) {
       $28($0_1, $20, $4_1)
      }
      $6_1 = ($1_1 | 0) > ($4_1 | 0) ? $1_1 : $4_1;
      break block29;
     }
     $6_1 = $27($0_1, $5_1, $12_1, $1_1, $10_1);
    }
    $1_1 = HEAP32[$5_1 + 12 >> 2];
    HEAP32[$8_1 + 520 >> 2] = HEAP32[$5_1 + 8 >> 2];
    HEAP32[$8_1 + 524 >> 2] = $1_1;
    $1_1 = HEAP32[$5_1 + 4 >> 2];
    HEAP32[$8_1 + 512 >> 2] = HEAP32[$5_1 >> 2];
    HEAP32[$8_1 + 516 >> 2] = $1_1;
    $4_1 = $8_1 + 512 | 0;
    $1_1 = $30($0_1, $4_1, 0);
    if (($6_1 | 0) < ($1_1 | 0)) {
     $28($0_1, $4_1, $1_1)
    }
    $1_1 = ($1_1 | 0) < ($6_1 | 0) ? $6_1 : $1_1;
    $7_1 = ($1_1 | 0) < ($7_1 | 0) ? $7_1 : $1_1;
    $5_1 = $5_1 + 16 | 0;
    $9_1 = $9_1 - 1 | 0;
    if ($9_1) {
     continue
    }
    break;
   };
  }
  global$0 = $8_1 + 528 | 0;
  return $7_1;
 }
 
 function $28($0_1, $1_1, $2_1) {
  var $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0;
  block7 : {
   block6 : {
    $7_1 = HEAP32[$1_1 >> 2];
    $9_1 = HEAP32[$1_1 + 4 >> 2];
    block1 : {
     block : {
      if ($7_1 | $9_1) {
       break block
      }
      $5_1 = HEAP32[$0_1 >> 2];
      if (HEAP32[$1_1 + 8 >> 2] != HEAP32[$5_1 + 4 >> 2]) {
       break block
      }
      if (HEAP32[$1_1 + 12 >> 2] == HEAP32[$5_1 + 8 >> 2]) {
       break block1
      }
     }
     block5 : {
      $5_1 = HEAP32[$0_1 + 20 >> 2];
      if (($5_1 | 0) > 0) {
       $13_1 = HEAP32[$1_1 + 12 >> 2];
       $14_1 = HEAP32[$1_1 + 8 >> 2];
       $6_1 = HEAP32[$0_1 + 12 >> 2];
       $8_1 = $5_1;
       while (1) {
        $4_1 = HEAP32[$6_1 >> 2];
        $10_1 = $4_1 - $7_1 | 0;
        $3_1 = $10_1 >> 31;
        $11_1 = ($3_1 ^ $10_1) - $3_1 | 0;
        $10_1 = HEAP32[$6_1 + 8 >> 2];
        $3_1 = $10_1 - $4_1 | 0;
        $15_1 = HEAP32[$6_1 + 12 >> 2];
        $4_1 = HEAP32[$6_1 + 4 >> 2];
        $12_1 = $15_1 - $4_1 | 0;
        $3_1 = ((($3_1 | 0) < ($12_1 | 0) ? $3_1 : $12_1) | 0) / 200 | 0;
        $3_1 = ($3_1 | 0) <= 2 ? 2 : $3_1;
        block3 : {
         if ($11_1 >>> 0 > $3_1 >>> 0) {
          break block3
         }
         $12_1 = $4_1 - $9_1 | 0;
         $4_1 = $12_1 >> 31;
         if ($3_1 >>> 0 < ($4_1 ^ $12_1) - $4_1 >>> 0) {
          break block3
         }
         $10_1 = $10_1 - $14_1 | 0;
         $4_1 = $10_1 >> 31;
         if ($3_1 >>> 0 < ($4_1 ^ $10_1) - $4_1 >>> 0) {
          break block3
         }
         $10_1 = $15_1 - $13_1 | 0;
         $4_1 = $10_1 >> 31;
         if ($3_1 >>> 0 >= ($4_1 ^ $10_1) - $4_1 >>> 0) {
          break block1
         }
        }
        $6_1 = $6_1 + 16 | 0;
        $8_1 = $8_1 - 1 | 0;
        if ($8_1) {
         continue
        }
        break;
       };
       $3_1 = HEAP32[$1_1 + 12 >> 2] - $9_1 | 0;
       $11_1 = $3_1;
       $8_1 = $3_1 >> 31;
       $3_1 = HEAP32[$1_1 + 8 >> 2] - $7_1 | 0;
       $7_1 = __wasm_i64_mul($11_1, $8_1, $3_1, $3_1 >> 31);
       $9_1 = i64toi32_i32$HIGH_BITS;
       $6_1 = (HEAP32[$0_1 + 12 >> 2] + ($5_1 << 4) | 0) - 16 | 0;
       $8_1 = (($5_1 << 2) + $0_1 | 0) + 20 | 0;
       $3_1 = $5_1;
       while (1) {
        $4_1 = HEAP32[$8_1 >> 2];
        if (($2_1 | 0) <= ($4_1 | 0)) {
         if (($2_1 | 0) != ($4_1 | 0)) {
          break block5
         }
         $4_1 = HEAP32[$6_1 + 12 >> 2] - HEAP32[$6_1 + 4 >> 2] | 0;
         $11_1 = $4_1;
         $14_1 = $4_1 >> 31;
         $4_1 = HEAP32[$6_1 + 8 >> 2] - HEAP32[$6_1 >> 2] | 0;
         $4_1 = __wasm_i64_mul($11_1, $14_1, $4_1, $4_1 >> 31);
         $13_1 = i64toi32_i32$HIGH_BITS;
         if (($9_1 | 0) < ($13_1 | 0)) {
          $11_1 = 1
         } else {
          $11_1 = ($9_1 | 0) <= ($13_1 | 0) & $4_1 >>> 0 >= $7_1 >>> 0
         }
         if ($11_1) {
          break block5
         }
        }
        $6_1 = $6_1 - 16 | 0;
        $8_1 = $8_1 - 4 | 0;
        $3_1 = $3_1 - 1 | 0;
        if ($3_1 + 1 >>> 0 > 1) {
         continue
        }
        break;
       };
       $3_1 = 0;
       break block6;
      }
      HEAP32[$0_1 + 20 >> 2] = $5_1 + 1;
      break block7;
     }
     if (($3_1 | 0) != 4) {
      break block6
     }
    }
    return;
   }
   $5_1 = ($5_1 | 0) >= 3 ? 3 : $5_1;
   HEAP32[$0_1 + 20 >> 2] = $5_1 + 1;
   if (($3_1 | 0) >= ($5_1 | 0)) {
    $5_1 = $3_1;
    break block7;
   }
   $8_1 = $5_1 << 4;
   $6_1 = (($5_1 << 2) + $0_1 | 0) + 20 | 0;
   while (1) {
    $7_1 = HEAP32[$0_1 + 12 >> 2] + $8_1 | 0;
    $9_1 = $7_1 - 16 | 0;
    $4_1 = HEAP32[$9_1 + 12 >> 2];
    HEAP32[$7_1 + 8 >> 2] = HEAP32[$9_1 + 8 >> 2];
    HEAP32[$7_1 + 12 >> 2] = $4_1;
    $4_1 = HEAP32[$9_1 + 4 >> 2];
    HEAP32[$7_1 >> 2] = HEAP32[$9_1 >> 2];
    HEAP32[$7_1 + 4 >> 2] = $4_1;
    HEAP32[$6_1 + 4 >> 2] = HEAP32[$6_1 >> 2];
    $8_1 = $8_1 - 16 | 0;
    $6_1 = $6_1 - 4 | 0;
    $5_1 = $5_1 - 1 | 0;
    if ($5_1 >>> 0 > $3_1 >>> 0) {
     continue
    }
    break;
   };
   $5_1 = $3_1;
  }
  $7_1 = HEAP32[$1_1 + 12 >> 2];
  $3_1 = HEAP32[$0_1 + 12 >> 2] + ($5_1 << 4) | 0;
  HEAP32[$3_1 + 8 >> 2] = HEAP32[$1_1 + 8 >> 2];
  HEAP32[$3_1 + 12 >> 2] = $7_1;
  $7_1 = HEAP32[$1_1 + 4 >> 2];
  HEAP32[$3_1 >> 2] = HEAP32[$1_1 >> 2];
  HEAP32[$3_1 + 4 >> 2] = $7_1;
  HEAP32[(($5_1 << 2) + $0_1 | 0) + 24 >> 2] = $2_1;
 }
 
 function $29($0_1, $1_1, $2_1) {
  var $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0, $16_1 = 0, $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0;
  $10_1 = global$0 - 32 | 0;
  block11 : {
   block1 : {
    if (HEAP32[$0_1 + 4 >> 2] == 2) {
     $5_1 = HEAP32[$1_1 + 12 >> 2];
     $13_1 = HEAP32[$1_1 + 20 >> 2];
     $7_1 = $5_1 + ($13_1 << 1) | 0;
     $17_1 = HEAP32[$1_1 + 16 >> 2];
     if (($7_1 | 0) >= ($17_1 | 0)) {
      break block1
     }
     $0_1 = HEAP32[$1_1 + 28 >> 2];
     $2_1 = Math_imul(HEAP32[$1_1 + 32 >> 2], $2_1);
     $4_1 = HEAP32[$1_1 + 36 >> 2];
     $6_1 = $0_1 + ($2_1 + Math_imul($4_1, $5_1) | 0) | 0;
     $9_1 = $0_1 + ($2_1 + Math_imul($4_1, $7_1) | 0) | 0;
     $2_1 = $0_1 + ($2_1 + Math_imul($4_1, $5_1 + $13_1 | 0) | 0) | 0;
     $14_1 = Math_imul($4_1, $13_1);
     $1_1 = HEAP32[$1_1 >> 2];
     $12_1 = ($1_1 | 0) <= 0;
     while (1) {
      block2 : {
       if ($12_1) {
        break block2
       }
       $11_1 = 0;
       $0_1 = $6_1;
       $3_1 = $9_1;
       $4_1 = $2_1;
       $5_1 = $1_1;
       while (1) {
        $8_1 = (HEAPU8[$3_1 | 0] + HEAPU8[$0_1 | 0] | 0) - (HEAPU8[$4_1 | 0] << 1) | 0;
        $15_1 = $8_1 >> 31;
        $11_1 = ($8_1 ^ $15_1) - $15_1 >>> 0 > 12 | $11_1;
        $0_1 = $0_1 + 1 | 0;
        $3_1 = $3_1 + 1 | 0;
        $4_1 = $4_1 + 1 | 0;
        $5_1 = $5_1 - 1 | 0;
        if ($5_1) {
         continue
        }
        break;
       };
       if (!($11_1 & 1)) {
        break block2
       }
       return 0;
      }
      $6_1 = $6_1 + $14_1 | 0;
      $9_1 = $9_1 + $14_1 | 0;
      $2_1 = $2_1 + $14_1 | 0;
      $7_1 = $7_1 + $13_1 | 0;
      if (($17_1 | 0) > ($7_1 | 0)) {
       continue
      }
      break;
     };
     break block1;
    }
    HEAP32[$10_1 + 24 >> 2] = 0;
    HEAP32[$10_1 + 16 >> 2] = 0;
    HEAP32[$10_1 + 20 >> 2] = 0;
    $8_1 = HEAP32[$1_1 >> 2];
    $20 = HEAP32[$1_1 + 12 >> 2];
    $0_1 = HEAP32[$1_1 + 24 >> 2];
    $7_1 = $20 + $0_1 | 0;
    $21_1 = HEAP32[$1_1 + 16 >> 2];
    $19_1 = $21_1 - $0_1 | 0;
    $13_1 = ($7_1 | 0) >= ($19_1 | 0);
    if (!$13_1) {
     $0_1 = HEAP32[$1_1 + 36 >> 2];
     $5_1 = HEAP32[$1_1 + 28 >> 2] + (Math_imul(HEAP32[$1_1 + 32 >> 2], $2_1) + Math_imul($0_1, $7_1) | 0) | 0;
     $14_1 = $8_1 & 2147483644;
     $6_1 = $8_1 & 3;
     $15_1 = HEAP32[$1_1 + 20 >> 2];
     $17_1 = Math_imul($15_1, $0_1);
     $12_1 = ($8_1 | 0) <= 0;
     $11_1 = $8_1 >>> 0 < 4;
     $9_1 = $7_1;
     while (1) {
      block5 : {
       if ($12_1) {
        break block5
       }
       $4_1 = 0;
       if (!$11_1) {
        $0_1 = $10_1 + 16 | 0;
        while (1) {
         $18_1 = $4_1 + $5_1 | 0;
         HEAP32[$0_1 >> 2] = HEAP32[$0_1 >> 2] + HEAPU8[$18_1 | 0];
         $3_1 = $0_1 + 4 | 0;
         HEAP32[$3_1 >> 2] = HEAP32[$3_1 >> 2] + HEAPU8[$18_1 + 1 | 0];
         $3_1 = $0_1 + 8 | 0;
         HEAP32[$3_1 >> 2] = HEAP32[$3_1 >> 2] + HEAPU8[$18_1 + 2 | 0];
         $3_1 = $0_1 + 12 | 0;
         HEAP32[$3_1 >> 2] = HEAP32[$3_1 >> 2] + HEAPU8[$18_1 + 3 | 0];
         $0_1 = $0_1 + 16 | 0;
         $4_1 = $4_1 + 4 | 0;
         if (($14_1 | 0) != ($4_1 | 0)) {
          continue
         }
         break;
        };
        if (!$6_1) {
         break block5
        }
       }
       $3_1 = $4_1 + $5_1 | 0;
       $0_1 = ($10_1 + 16 | 0) + ($4_1 << 2) | 0;
       $4_1 = $6_1;
       while (1) {
        HEAP32[$0_1 >> 2] = HEAP32[$0_1 >> 2] + HEAPU8[$3_1 | 0];
        $3_1 = $3_1 + 1 | 0;
        $0_1 = $0_1 + 4 | 0;
        $4_1 = $4_1 - 1 | 0;
        if ($4_1) {
         continue
        }
        break;
       };
      }
      $5_1 = $5_1 + $17_1 | 0;
      $16_1 = $16_1 + 1 | 0;
      $9_1 = $9_1 + $15_1 | 0;
      if (($19_1 | 0) > ($9_1 | 0)) {
       continue
      }
      break;
     };
    }
    block7 : {
     if (($8_1 | 0) <= 0) {
      break block7
     }
     $6_1 = $16_1 >>> 1 | 0;
     $3_1 = 0;
     if (($8_1 | 0) != 1) {
      $4_1 = $8_1 & 1;
      $5_1 = $8_1 & 2147483646;
      $0_1 = $10_1 + 16 | 0;
      while (1) {
       $9_1 = ($10_1 + 13 | 0) + $3_1 | 0;
       HEAP8[$9_1 | 0] = ($6_1 + HEAP32[$0_1 >> 2] | 0) / ($16_1 | 0);
       HEAP8[$9_1 + 1 | 0] = ($6_1 + HEAP32[$0_1 + 4 >> 2] | 0) / ($16_1 | 0);
       $0_1 = $0_1 + 8 | 0;
       $3_1 = $3_1 + 2 | 0;
       if (($5_1 | 0) != ($3_1 | 0)) {
        continue
       }
       break;
      };
      if (!$4_1) {
       break block7
      }
     }
     HEAP8[($10_1 + 13 | 0) + $3_1 | 0] = ($6_1 + HEAP32[($10_1 + 16 | 0) + ($3_1 << 2) >> 2] | 0) / ($16_1 | 0);
    }
    if ($13_1) {
     break block1
    }
    $0_1 = HEAP32[$1_1 + 36 >> 2];
    $5_1 = HEAP32[$1_1 + 28 >> 2] + (Math_imul(HEAP32[$1_1 + 32 >> 2], $2_1) + Math_imul($0_1, $7_1) | 0) | 0;
    $12_1 = HEAP32[$1_1 + 20 >> 2];
    $9_1 = Math_imul($12_1, $0_1);
    $6_1 = (($12_1 + (($20 ^ -1) + $21_1 | 0) | 0) / ($12_1 | 0) | 0) / 64 | 0;
    $2_1 = ($8_1 | 0) <= 0;
    while (1) {
     block9 : {
      if ($2_1) {
       break block9
      }
      $0_1 = $10_1 + 13 | 0;
      $3_1 = $5_1;
      $11_1 = $8_1;
      while (1) {
       block10 : {
        $1_1 = HEAPU8[$3_1 | 0] - HEAPU8[$0_1 | 0] | 0;
        $4_1 = $1_1 >> 31;
        if (($1_1 ^ $4_1) - $4_1 >>> 0 >= 13) {
         break block10
        }
        $3_1 = $3_1 + 1 | 0;
        $0_1 = $0_1 + 1 | 0;
        $11_1 = $11_1 - 1 | 0;
        if ($11_1) {
         continue
        }
        break block9;
       }
       break;
      };
      if (!$6_1) {
       break block11
      }
      $6_1 = $6_1 - 1 | 0;
     }
     $5_1 = $5_1 + $9_1 | 0;
     $7_1 = $7_1 + $12_1 | 0;
     if (($19_1 | 0) > ($7_1 | 0)) {
      continue
     }
     break;
    };
   }
   return 1;
  }
  return 0;
 }
 
 function $30($0_1, $1_1, $2_1) {
  var $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0;
  $3_1 = global$0 - 96 | 0;
  global$0 = $3_1;
  $9_1 = HEAP32[$1_1 + 4 >> 2];
  $4_1 = HEAP32[$1_1 + 12 >> 2];
  $5_1 = HEAP32[$1_1 >> 2];
  $10_1 = HEAP32[$1_1 + 8 >> 2];
  HEAP32[$3_1 + 72 >> 2] = $10_1;
  HEAP32[$3_1 + 68 >> 2] = $5_1;
  HEAP32[$3_1 + 64 >> 2] = $4_1;
  HEAP32[$3_1 + 60 >> 2] = $9_1;
  $7_1 = HEAP32[$0_1 >> 2];
  $12_1 = HEAP32[$7_1 >> 2];
  HEAP32[$3_1 + 84 >> 2] = $12_1;
  $11_1 = HEAP32[$7_1 + 12 >> 2];
  HEAP32[$3_1 + 92 >> 2] = $11_1;
  $13_1 = HEAP32[$7_1 + 16 >> 2];
  HEAP32[$3_1 + 88 >> 2] = $13_1;
  $14_1 = ($11_1 | 0) == 1 ? 1 : 3;
  HEAP32[$3_1 + 56 >> 2] = $14_1;
  $8_1 = $10_1 - $5_1 | 0;
  $6_1 = ($8_1 | 0) / 128 | 0;
  $15_1 = ($6_1 | 0) <= 1 ? 1 : $6_1;
  HEAP32[$3_1 + 76 >> 2] = $15_1;
  $6_1 = $4_1 - $9_1 | 0;
  $8_1 = ((($8_1 | 0) < ($6_1 | 0) ? $8_1 : $6_1) | 0) / 12 | 0;
  HEAP32[$3_1 + 80 >> 2] = $8_1 - (($8_1 | 0) % ($15_1 | 0) | 0);
  HEAP32[$3_1 + 52 >> 2] = $13_1;
  HEAP32[$3_1 + 48 >> 2] = $11_1;
  HEAP32[$3_1 + 44 >> 2] = $12_1;
  HEAP32[$3_1 + 32 >> 2] = $4_1;
  HEAP32[$3_1 + 28 >> 2] = $9_1;
  HEAP32[$3_1 + 24 >> 2] = $10_1;
  HEAP32[$3_1 + 20 >> 2] = $5_1;
  HEAP32[$3_1 + 16 >> 2] = $14_1;
  $5_1 = ($6_1 | 0) / 128 | 0;
  $5_1 = ($5_1 | 0) <= 1 ? 1 : $5_1;
  HEAP32[$3_1 + 36 >> 2] = $5_1;
  HEAP32[$3_1 + 40 >> 2] = $8_1 - (($8_1 | 0) % ($5_1 | 0) | 0);
  HEAP32[$3_1 + 12 >> 2] = 100;
  HEAP32[$3_1 + 4 >> 2] = 0;
  HEAP32[$3_1 + 8 >> 2] = 0;
  $8_1 = $1_1 + 12 | 0;
  $10_1 = $1_1 + 4 | 0;
  $7_1 = HEAP32[$7_1 + 8 >> 2];
  block1 : {
   if (($9_1 | 0) > 0) {
    $4_1 = $9_1 - 1 | 0;
    $5_1 = $4_1 >>> 0 <= 1 ? 1 : $4_1;
    $4_1 = $9_1 + 8 | 0;
    $6_1 = -1;
    if (!$31($0_1, $3_1 + 56 | 0, $7_1, $10_1, -1, $5_1, ($4_1 | 0) < ($7_1 | 0) ? $4_1 : $7_1, $2_1, $3_1 + 4 | 0)) {
     break block1
    }
    $4_1 = HEAP32[$8_1 >> 2];
   }
   if (($4_1 | 0) < ($7_1 | 0)) {
    $5_1 = (($4_1 | 0) <= 8 ? 8 : $4_1) - 7 | 0;
    $4_1 = $4_1 + 2 | 0;
    $6_1 = -1;
    if (!$31($0_1, $3_1 + 56 | 0, $7_1, $8_1, 1, $5_1, ($4_1 | 0) < ($7_1 | 0) ? $4_1 : $7_1, $2_1, $3_1 + 4 | 0)) {
     break block1
    }
    $4_1 = HEAP32[$8_1 >> 2];
   }
   $6_1 = -1;
   if (($4_1 | 0) <= HEAP32[$10_1 >> 2]) {
    break block1
   }
   $4_1 = HEAP32[HEAP32[$0_1 >> 2] + 4 >> 2];
   $7_1 = HEAP32[$1_1 >> 2];
   if (($7_1 | 0) > 0) {
    $9_1 = $7_1 - 1 | 0;
    $7_1 = $7_1 + 8 | 0;
    $6_1 = -1;
    if (!$31($0_1, $3_1 + 16 | 0, $4_1, $1_1, -1, $9_1 >>> 0 <= 1 ? 1 : $9_1, ($4_1 | 0) > ($7_1 | 0) ? $7_1 : $4_1, $2_1, $3_1 + 4 | 0)) {
     break block1
    }
   }
   $7_1 = $1_1 + 8 | 0;
   $5_1 = HEAP32[$7_1 >> 2];
   if (($5_1 | 0) < ($4_1 | 0)) {
    $9_1 = (($5_1 | 0) <= 8 ? 8 : $5_1) - 7 | 0;
    $5_1 = $5_1 + 2 | 0;
    $6_1 = -1;
    if (!$31($0_1, $3_1 + 16 | 0, $4_1, $7_1, 1, $9_1, ($4_1 | 0) > ($5_1 | 0) ? $5_1 : $4_1, $2_1, $3_1 + 4 | 0)) {
     break block1
    }
    $5_1 = HEAP32[$7_1 >> 2];
   }
   $1_1 = HEAP32[$1_1 >> 2];
   $6_1 = -1;
   if (($5_1 | 0) <= ($1_1 | 0)) {
    break block1
   }
   $7_1 = HEAP32[$0_1 + 8 >> 2];
   $0_1 = $5_1 - $1_1 | 0;
   $1_1 = HEAP32[$8_1 >> 2] - HEAP32[$10_1 >> 2] | 0;
   $4_1 = ($0_1 | 0) < ($1_1 | 0) ? $0_1 : $1_1;
   $6_1 = -1;
   if (($7_1 | 0) > ($4_1 | 0)) {
    break block1
   }
   $6_1 = -1;
   if ($4_1 << 2 < ((($0_1 | 0) > ($1_1 | 0) ? $0_1 : $1_1) | 0)) {
    break block1
   }
   $6_1 = -1;
   if (HEAP32[$3_1 + 4 >> 2] <= 0) {
    break block1
   }
   $0_1 = HEAP32[$3_1 + 12 >> 2];
   $6_1 = ($2_1 | 0) != 2 ? $0_1 : HEAP32[$3_1 + 8 >> 2] <= 0 ? -1 : $0_1;
  }
  $5_1 = $6_1;
  global$0 = $3_1 + 96 | 0;
  return $5_1;
 }
 
 function $31($0_1, $1_1, $2_1, $3_1, $4_1, $5_1, $6_1, $7_1, $8_1) {
  var $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0, $16_1 = 0, $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0, $22 = 0, $23 = 0, $24_1 = 0, $25 = 0, $26 = 0, $27_1 = 0, $28_1 = 0, $29_1 = 0, $30_1 = 0, $31_1 = 0, $32 = 0, $33_1 = 0, $34_1 = 0, $35_1 = 0, $36 = 0, $37_1 = 0, $38_1 = 0, $39 = 0;
  $26 = HEAP32[$1_1 + 16 >> 2];
  $18_1 = HEAP32[$1_1 + 12 >> 2];
  if (($5_1 | 0) < ($6_1 | 0)) {
   $27_1 = HEAP32[$1_1 + 28 >> 2];
   $20 = HEAP32[$1_1 + 36 >> 2];
   $11_1 = Math_imul($20, $18_1);
   $19_1 = HEAP32[$1_1 + 32 >> 2];
   $21_1 = $27_1 + ($11_1 + Math_imul($19_1, $5_1) | 0) | 0;
   $17_1 = $27_1 + ($11_1 + Math_imul($19_1, $5_1 - 1 | 0) | 0) | 0;
   $30_1 = HEAP32[$1_1 + 20 >> 2];
   $23 = Math_imul($30_1, $20);
   $22 = HEAP32[$1_1 >> 2];
   $29_1 = $22 & 2147483646;
   $35_1 = $22 & 1;
   $12_1 = $5_1;
   $28_1 = -1;
   while (1) {
    $13_1 = 0;
    if (($18_1 | 0) < ($26 | 0)) {
     $36 = $27_1 + Math_imul($12_1, $19_1) | 0;
     $34_1 = $27_1 + Math_imul($19_1, $12_1 - 1 | 0) | 0;
     $11_1 = $21_1;
     $14_1 = $17_1;
     $16_1 = $18_1;
     while (1) {
      $9_1 = 0;
      if (($22 | 0) > 0) {
       $10_1 = 0;
       block4 : {
        if (($22 | 0) != 1) {
         while (1) {
          $24_1 = $9_1 + $14_1 | 0;
          $25 = $9_1 + $11_1 | 0;
          $31_1 = HEAPU8[$24_1 | 0] - HEAPU8[$25 | 0] | 0;
          $15_1 = $31_1 >> 31;
          $25 = HEAPU8[$24_1 + 1 | 0] - HEAPU8[$25 + 1 | 0] | 0;
          $24_1 = $25 >> 31;
          $15_1 = ($15_1 ^ $31_1) - $15_1 | 0;
          $10_1 = ($10_1 | 0) > ($15_1 | 0) ? $10_1 : $15_1;
          $15_1 = ($24_1 ^ $25) - $24_1 | 0;
          $10_1 = ($10_1 | 0) > ($15_1 | 0) ? $10_1 : $15_1;
          $9_1 = $9_1 + 2 | 0;
          if (($29_1 | 0) != ($9_1 | 0)) {
           continue
          }
          break;
         };
         if (!$35_1) {
          break block4
         }
        }
        $15_1 = Math_imul($16_1, $20);
        $15_1 = HEAPU8[($15_1 + $34_1 | 0) + $9_1 | 0] - HEAPU8[($15_1 + $36 | 0) + $9_1 | 0] | 0;
        $9_1 = $15_1 >> 31;
        $9_1 = ($9_1 ^ $15_1) - $9_1 | 0;
        $10_1 = ($9_1 | 0) < ($10_1 | 0) ? $10_1 : $9_1;
       }
       $9_1 = $10_1 >>> 0 >= 40 ? 40 : $10_1;
      }
      $11_1 = $11_1 + $23 | 0;
      $14_1 = $14_1 + $23 | 0;
      $13_1 = $9_1 + $13_1 | 0;
      $16_1 = $16_1 + $30_1 | 0;
      if (($26 | 0) > ($16_1 | 0)) {
       continue
      }
      break;
     };
    }
    $11_1 = ($13_1 | 0) > ($28_1 | 0);
    $5_1 = $11_1 ? $12_1 : $5_1;
    $28_1 = $11_1 ? $13_1 : $28_1;
    $21_1 = $21_1 + $19_1 | 0;
    $17_1 = $17_1 + $19_1 | 0;
    $12_1 = $12_1 + 1 | 0;
    if (($12_1 | 0) != ($6_1 | 0)) {
     continue
    }
    break;
   };
  }
  $38_1 = HEAP32[$0_1 + 4 >> 2];
  $35_1 = ($38_1 | 0) == 2 ? 45 : 35;
  block6 : {
   if (($18_1 | 0) >= ($26 | 0)) {
    $20 = HEAP32[$1_1 + 20 >> 2];
    $6_1 = 0;
    break block6;
   }
   $10_1 = HEAP32[$1_1 + 28 >> 2];
   $9_1 = HEAP32[$1_1 + 36 >> 2];
   $11_1 = Math_imul($9_1, $18_1);
   $6_1 = HEAP32[$1_1 + 32 >> 2];
   $12_1 = $10_1 + ($11_1 + Math_imul($6_1, (($5_1 | 0) <= 2 ? 2 : $5_1) - 2 | 0) | 0) | 0;
   $14_1 = $2_1 - 1 | 0;
   $13_1 = $5_1 + 1 | 0;
   $11_1 = $10_1 + ($11_1 + Math_imul($6_1, ($13_1 | 0) > ($14_1 | 0) ? $14_1 : $13_1) | 0) | 0;
   $20 = HEAP32[$1_1 + 20 >> 2];
   $21_1 = Math_imul($9_1, $20);
   $16_1 = HEAP32[$1_1 >> 2];
   $14_1 = 0;
   $13_1 = $18_1;
   while (1) {
    $9_1 = $12_1;
    $12_1 = $21_1 + $9_1 | 0;
    $10_1 = $11_1;
    $11_1 = $21_1 + $10_1 | 0;
    $6_1 = $16_1;
    $17_1 = 0;
    block7 : {
     if (($6_1 | 0) <= 0) {
      break block7
     }
     block8 : {
      while (1) {
       $19_1 = HEAPU8[$9_1 | 0] - HEAPU8[$10_1 | 0] | 0;
       $17_1 = $19_1 >> 31;
       if (($17_1 ^ $19_1) - $17_1 >>> 0 >= 11) {
        break block8
       }
       $9_1 = $9_1 + 1 | 0;
       $10_1 = $10_1 + 1 | 0;
       $6_1 = $6_1 - 1 | 0;
       if ($6_1) {
        continue
       }
       break;
      };
      $17_1 = 0;
      break block7;
     }
     $17_1 = 1;
    }
    $14_1 = $17_1 + $14_1 | 0;
    $13_1 = $13_1 + $20 | 0;
    if (($26 | 0) > ($13_1 | 0)) {
     continue
    }
    break;
   };
   $6_1 = Math_imul($14_1, 100);
  }
  $19_1 = (($26 + ($18_1 ^ -1) | 0) + $20 | 0) / ($20 | 0) | 0;
  $36 = ($6_1 | 0) / ($19_1 | 0) | 0;
  block25 : {
   block20 : {
    block11 : {
     block10 : {
      switch ($7_1 - 1 | 0) {
      case 0:
       if (($35_1 | 0) <= ($36 | 0)) {
        break block11
       }
       break;
      case 1:
       break block10;
      default:
       break block11;
      };
     }
     $24_1 = HEAP32[$1_1 + 28 >> 2];
     $34_1 = HEAP32[$1_1 + 36 >> 2];
     $25 = Math_imul($34_1, $18_1);
     $23 = HEAP32[$1_1 + 32 >> 2];
     $15_1 = HEAP32[$3_1 >> 2];
     $9_1 = $15_1 + $4_1 | 0;
     $21_1 = $24_1 + ($25 + Math_imul($23, $9_1 - 2 | 0) | 0) | 0;
     $17_1 = (Math_imul($23, $9_1 + 1 | 0) + $25 | 0) + $24_1 | 0;
     $39 = ($18_1 | 0) >= ($26 | 0);
     $29_1 = (Math_imul($19_1, 30) + 99 | 0) / 100 | 0;
     $32 = $39 | (($19_1 | 0) <= 0 | ($29_1 | 0) > ($19_1 | 0));
     $37_1 = $2_1 - 1 | 0;
     $30_1 = Math_imul($20, $34_1);
     $31_1 = Math_imul($4_1, $23);
     $27_1 = HEAP32[$1_1 >> 2];
     while (1) {
      $22 = $9_1;
      $15_1 = $4_1 + $15_1 | 0;
      if (($15_1 | 0) < 2) {
       break block11
      }
      if (($15_1 | 0) >= ($37_1 | 0)) {
       break block11
      }
      if (!$29($0_1, $1_1, $15_1)) {
       break block11
      }
      $12_1 = 0;
      block12 : {
       if ($32) {
        break block12
       }
       $11_1 = $21_1;
       $14_1 = $17_1;
       $16_1 = $18_1;
       $13_1 = $19_1;
       while (1) {
        $9_1 = $11_1;
        $10_1 = $14_1;
        $6_1 = $27_1;
        $33_1 = 0;
        block13 : {
         if (($6_1 | 0) <= 0) {
          break block13
         }
         block14 : {
          while (1) {
           $33_1 = HEAPU8[$9_1 | 0] - HEAPU8[$10_1 | 0] | 0;
           $28_1 = $33_1 >> 31;
           if (($28_1 ^ $33_1) - $28_1 >>> 0 >= 11) {
            break block14
           }
           $9_1 = $9_1 + 1 | 0;
           $10_1 = $10_1 + 1 | 0;
           $6_1 = $6_1 - 1 | 0;
           if ($6_1) {
            continue
           }
           break;
          };
          $33_1 = 0;
          break block13;
         }
         $33_1 = 1;
        }
        $12_1 = $33_1 + $12_1 | 0;
        $16_1 = $16_1 + $20 | 0;
        if (($26 | 0) <= ($16_1 | 0)) {
         break block12
        }
        if (($12_1 | 0) >= ($29_1 | 0)) {
         break block12
        }
        $11_1 = $11_1 + $30_1 | 0;
        $14_1 = $14_1 + $30_1 | 0;
        $13_1 = $13_1 - 1 | 0;
        if (($29_1 | 0) <= ($12_1 + $13_1 | 0)) {
         continue
        }
        break;
       };
      }
      $21_1 = $21_1 + $31_1 | 0;
      $17_1 = $17_1 + $31_1 | 0;
      $9_1 = $4_1 + $22 | 0;
      if (($12_1 | 0) < ($29_1 | 0)) {
       continue
      }
      break;
     };
     $6_1 = (($15_1 | 0) <= 3 ? 3 : $15_1) - 2 | 0;
     $0_1 = $15_1 + 3 | 0;
     $28_1 = ($0_1 | 0) < ($2_1 | 0) ? $0_1 : $2_1;
     if (($6_1 | 0) < ($28_1 | 0)) {
      $4_1 = $24_1 + $25 | 0;
      $0_1 = ($22 | 0) <= 3 ? 3 : $22;
      $21_1 = $4_1 + Math_imul($23, $0_1 - 2 | 0) | 0;
      $17_1 = $4_1 + Math_imul($23, $0_1 - 3 | 0) | 0;
      $15_1 = $27_1 & 2147483646;
      $29_1 = $27_1 & 1;
      $12_1 = $6_1;
      $0_1 = -1;
      while (1) {
       $13_1 = 0;
       if (!$39) {
        $25 = Math_imul($12_1, $23) + $24_1 | 0;
        $31_1 = Math_imul($23, $12_1 - 1 | 0) + $24_1 | 0;
        $11_1 = $21_1;
        $14_1 = $17_1;
        $16_1 = $18_1;
        while (1) {
         $9_1 = 0;
         if (($27_1 | 0) > 0) {
          $10_1 = 0;
          block19 : {
           if (($27_1 | 0) != 1) {
            while (1) {
             $22 = $9_1 + $14_1 | 0;
             $32 = $9_1 + $11_1 | 0;
             $37_1 = HEAPU8[$22 | 0] - HEAPU8[$32 | 0] | 0;
             $4_1 = $37_1 >> 31;
             $32 = HEAPU8[$22 + 1 | 0] - HEAPU8[$32 + 1 | 0] | 0;
             $22 = $32 >> 31;
             $4_1 = ($4_1 ^ $37_1) - $4_1 | 0;
             $4_1 = ($4_1 | 0) < ($10_1 | 0) ? $10_1 : $4_1;
             $10_1 = ($22 ^ $32) - $22 | 0;
             $10_1 = ($4_1 | 0) > ($10_1 | 0) ? $4_1 : $10_1;
             $9_1 = $9_1 + 2 | 0;
             if (($15_1 | 0) != ($9_1 | 0)) {
              continue
             }
             break;
            };
            if (!$29_1) {
             break block19
            }
           }
           $4_1 = Math_imul($16_1, $34_1);
           $9_1 = HEAPU8[($4_1 + $31_1 | 0) + $9_1 | 0] - HEAPU8[($4_1 + $25 | 0) + $9_1 | 0] | 0;
           $4_1 = $9_1 >> 31;
           $4_1 = ($4_1 ^ $9_1) - $4_1 | 0;
           $10_1 = ($4_1 | 0) < ($10_1 | 0) ? $10_1 : $4_1;
          }
          $9_1 = $10_1 >>> 0 >= 40 ? 40 : $10_1;
         }
         $11_1 = $11_1 + $30_1 | 0;
         $14_1 = $14_1 + $30_1 | 0;
         $13_1 = $9_1 + $13_1 | 0;
         $16_1 = $16_1 + $20 | 0;
         if (($26 | 0) > ($16_1 | 0)) {
          continue
         }
         break;
        };
       }
       $4_1 = ($0_1 | 0) < ($13_1 | 0);
       $6_1 = $4_1 ? $12_1 : $6_1;
       $0_1 = $4_1 ? $13_1 : $0_1;
       $21_1 = $21_1 + $23 | 0;
       $17_1 = $17_1 + $23 | 0;
       $12_1 = $12_1 + 1 | 0;
       if (($28_1 | 0) != ($12_1 | 0)) {
        continue
       }
       break;
      };
      if (($6_1 | 0) < 0) {
       break block11
      }
     }
     HEAP32[$3_1 >> 2] = $6_1;
     HEAP32[$8_1 + 4 >> 2] = HEAP32[$8_1 + 4 >> 2] + 1;
     break block20;
    }
    if (($36 | 0) >= (($7_1 ? $35_1 : 70) | 0)) {
     HEAP32[$3_1 >> 2] = $5_1;
     break block20;
    }
    $13_1 = 0;
    $9_1 = 0;
    if (($18_1 | 0) < ($26 | 0)) {
     $6_1 = HEAP32[$1_1 + 28 >> 2];
     $4_1 = HEAP32[$1_1 + 36 >> 2];
     $5_1 = Math_imul($4_1, $18_1);
     $0_1 = HEAP32[$3_1 >> 2];
     $3_1 = HEAP32[$1_1 + 32 >> 2];
     $12_1 = $6_1 + ($5_1 + Math_imul((($0_1 | 0) <= 2 ? 2 : $0_1) - 2 | 0, $3_1) | 0) | 0;
     $2_1 = $2_1 - 1 | 0;
     $0_1 = $0_1 + 1 | 0;
     $11_1 = $6_1 + ($5_1 + Math_imul($3_1, ($0_1 | 0) > ($2_1 | 0) ? $2_1 : $0_1) | 0) | 0;
     $2_1 = Math_imul($4_1, $20);
     $0_1 = HEAP32[$1_1 >> 2];
     $14_1 = 0;
     while (1) {
      $9_1 = $12_1;
      $12_1 = $2_1 + $9_1 | 0;
      $10_1 = $11_1;
      $11_1 = $2_1 + $10_1 | 0;
      $6_1 = $0_1;
      $1_1 = 0;
      block23 : {
       if (($6_1 | 0) <= 0) {
        break block23
       }
       block24 : {
        while (1) {
         $3_1 = HEAPU8[$9_1 | 0] - HEAPU8[$10_1 | 0] | 0;
         $1_1 = $3_1 >> 31;
         if (($1_1 ^ $3_1) - $1_1 >>> 0 >= 11) {
          break block24
         }
         $9_1 = $9_1 + 1 | 0;
         $10_1 = $10_1 + 1 | 0;
         $6_1 = $6_1 - 1 | 0;
         if ($6_1) {
          continue
         }
         break;
        };
        $1_1 = 0;
        break block23;
       }
       $1_1 = 1;
      }
      $14_1 = $1_1 + $14_1 | 0;
      $18_1 = $18_1 + $20 | 0;
      if (($26 | 0) > ($18_1 | 0)) {
       continue
      }
      break;
     };
     $9_1 = Math_imul($14_1, 100);
    }
    $1_1 = HEAP32[$8_1 + 8 >> 2];
    $0_1 = ($9_1 | 0) / ($19_1 | 0) | 0;
    HEAP32[$8_1 + 8 >> 2] = ($0_1 | 0) > ($1_1 | 0) ? $1_1 : $0_1;
    if (!$7_1) {
     break block25
    }
    return !$38_1 | ($0_1 | 0) > 11;
   }
   HEAP32[$8_1 >> 2] = HEAP32[$8_1 >> 2] + 1;
   $4_1 = HEAP32[$8_1 + 8 >> 2];
   $0_1 = HEAP32[$1_1 + 12 >> 2];
   $5_1 = HEAP32[$1_1 + 16 >> 2];
   block27 : {
    if (($0_1 | 0) >= ($5_1 | 0)) {
     $16_1 = HEAP32[$1_1 + 20 >> 2];
     $1_1 = 0;
     break block27;
    }
    $9_1 = HEAP32[$1_1 + 28 >> 2];
    $7_1 = HEAP32[$1_1 + 36 >> 2];
    $11_1 = Math_imul($7_1, $0_1);
    $6_1 = HEAP32[$1_1 + 32 >> 2];
    $3_1 = HEAP32[$3_1 >> 2];
    $12_1 = $9_1 + ($11_1 + Math_imul($6_1, (($3_1 | 0) <= 2 ? 2 : $3_1) - 2 | 0) | 0) | 0;
    $2_1 = $2_1 - 1 | 0;
    $3_1 = $3_1 + 1 | 0;
    $11_1 = $9_1 + ($11_1 + Math_imul($6_1, ($2_1 | 0) < ($3_1 | 0) ? $2_1 : $3_1) | 0) | 0;
    $16_1 = HEAP32[$1_1 + 20 >> 2];
    $2_1 = Math_imul($7_1, $16_1);
    $1_1 = HEAP32[$1_1 >> 2];
    $14_1 = 0;
    $13_1 = $0_1;
    while (1) {
     $9_1 = $12_1;
     $12_1 = $2_1 + $9_1 | 0;
     $10_1 = $11_1;
     $11_1 = $2_1 + $10_1 | 0;
     $6_1 = $1_1;
     $3_1 = 0;
     block28 : {
      if (($1_1 | 0) <= 0) {
       break block28
      }
      block29 : {
       while (1) {
        $7_1 = HEAPU8[$9_1 | 0] - HEAPU8[$10_1 | 0] | 0;
        $3_1 = $7_1 >> 31;
        if (($3_1 ^ $7_1) - $3_1 >>> 0 >= 11) {
         break block29
        }
        $9_1 = $9_1 + 1 | 0;
        $10_1 = $10_1 + 1 | 0;
        $6_1 = $6_1 - 1 | 0;
        if ($6_1) {
         continue
        }
        break;
       };
       $3_1 = 0;
       break block28;
      }
      $3_1 = 1;
     }
     $14_1 = $3_1 + $14_1 | 0;
     $13_1 = $13_1 + $16_1 | 0;
     if (($5_1 | 0) > ($13_1 | 0)) {
      continue
     }
     break;
    };
    $1_1 = Math_imul($14_1, 100);
   }
   $0_1 = ($1_1 | 0) / ((($5_1 + ($0_1 ^ -1) | 0) + $16_1 | 0) / ($16_1 | 0) | 0) | 0;
   HEAP32[$8_1 + 8 >> 2] = ($0_1 | 0) > ($4_1 | 0) ? $4_1 : $0_1;
   $13_1 = 1;
  }
  return $13_1;
 }
 
 function $33($0_1, $1_1) {
  var $2_1 = 0, $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = Math_fround(0), $15_1 = Math_fround(0), $16_1 = 0, $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0, $22 = 0, $23 = 0, $24_1 = 0.0, $25 = 0.0, $26 = 0, $27_1 = 0, $28_1 = 0, $29_1 = 0, $30_1 = 0, $31_1 = 0, $32 = 0, $33_1 = 0, $34_1 = 0.0, $35_1 = 0, $36 = Math_fround(0);
  $2_1 = 1;
  block : {
   if (HEAP32[$0_1 >> 2] == ($1_1 | 0)) {
    break block
   }
   $2_1 = 0;
   HEAP32[$0_1 >> 2] = 0;
   $5_1 = ($1_1 + 127 | 0) / 128 | 0;
   HEAP32[$0_1 + 4 >> 2] = $5_1;
   $4_1 = ($5_1 << 1) - 1 | 0;
   HEAP32[$0_1 + 8 >> 2] = $4_1;
   $19(HEAP32[$0_1 + 780 >> 2]);
   HEAP32[$0_1 + 780 >> 2] = 0;
   HEAP32[$0_1 + 784 >> 2] = 0;
   if ($4_1 >>> 0 > 536870911) {
    break block
   }
   $3_1 = $18($4_1 << 2);
   HEAP32[$0_1 + 780 >> 2] = $3_1;
   if (!$3_1) {
    break block
   }
   HEAP32[$0_1 + 784 >> 2] = $4_1;
   $4_1 = HEAP32[$0_1 + 8 >> 2];
   $19(HEAP32[$0_1 + 788 >> 2]);
   HEAP32[$0_1 + 788 >> 2] = 0;
   HEAP32[$0_1 + 792 >> 2] = 0;
   $3_1 = $4_1 << 6;
   if ($3_1 >>> 0 > 536870911) {
    break block
   }
   $9_1 = $18($3_1 ? $4_1 << 8 : 1);
   HEAP32[$0_1 + 788 >> 2] = $9_1;
   if (!$9_1) {
    break block
   }
   $11_1 = ($5_1 + 2 | 0) / 2 | 0;
   $19_1 = $5_1 - $11_1 | 0;
   $20 = $11_1 - 1 | 0;
   HEAP32[$0_1 + 792 >> 2] = $3_1;
   $6_1 = HEAP32[$0_1 + 4 >> 2];
   $12_1 = ($6_1 << 1) - 1 | 0;
   if (($6_1 | 0) > 0) {
    $3_1 = HEAP32[$0_1 + 780 >> 2];
    while (1) {
     $2_1 = $2_1 + 1 | 0;
     $4_1 = $7_1 + $12_1 | 0;
     HEAP32[$3_1 >> 2] = ($2_1 | 0) < ($4_1 | 0) ? $2_1 : $4_1;
     $3_1 = $3_1 + 4 | 0;
     $7_1 = $7_1 - 1 | 0;
     $6_1 = HEAP32[$0_1 + 4 >> 2];
     $12_1 = ($6_1 << 1) - 1 | 0;
     if (($12_1 | 0) > ($2_1 | 0)) {
      continue
     }
     break;
    };
   }
   $27_1 = $11_1 - 1 | 0;
   $28_1 = $11_1 - $5_1 | 0;
   $29_1 = $12_1 & 2147483644;
   $11_1 = $12_1 & 3;
   $30_1 = $0_1 + 12 | 0;
   $31_1 = $20 << 1;
   $8_1 = $1_1 - 1 | 0;
   $32 = $19_1 << 1;
   $33_1 = HEAP32[$0_1 + 8 >> 2] << 2;
   $3_1 = $6_1 >> 31;
   $14_1 = Math_fround(Math_fround(1.0) / Math_fround(+(__wasm_i64_mul($6_1, $3_1, $6_1, $3_1) >>> 0) + +(i64toi32_i32$HIGH_BITS >>> 0) * 4294967296.0));
   $23 = HEAP32[$0_1 + 780 >> 2];
   $34_1 = +($1_1 | 0);
   $35_1 = $12_1 >>> 0 < 4;
   while (1) {
    $10_1 = Math_imul($21_1, 12) + $30_1 | 0;
    $25 = ($24_1 + .5) * $34_1 * .015625;
    block3 : {
     if (Math_abs($25) < 2147483648.0) {
      $2_1 = ~~$25;
      break block3;
     }
     $2_1 = -2147483648;
    }
    $5_1 = $2_1 - $32 | 0;
    $4_1 = $2_1 + $31_1 | 0;
    $3_1 = ($5_1 | 0) >= 0 & ($4_1 | 0) < ($1_1 | 0);
    HEAP8[$10_1 + 8 | 0] = $3_1;
    $13_1 = ($5_1 | 0) > 0 ? $5_1 : 0;
    HEAP32[$10_1 >> 2] = $13_1;
    $5_1 = (($4_1 | 0) > ($8_1 | 0) ? $8_1 : $4_1) - $13_1 | 0;
    $4_1 = $5_1 + 1 | 0;
    HEAP32[$10_1 + 4 >> 2] = $4_1;
    block5 : {
     if (($3_1 | 0) == 1) {
      if (($12_1 | 0) <= 0) {
       break block5
      }
      $6_1 = 0;
      if (!$35_1) {
       $2_1 = 0;
       while (1) {
        $4_1 = $2_1 + $9_1 | 0;
        $3_1 = $2_1 + $23 | 0;
        HEAPF32[$4_1 >> 2] = $14_1 * Math_fround(HEAPU32[$3_1 >> 2]);
        HEAPF32[$4_1 + 4 >> 2] = $14_1 * Math_fround(HEAPU32[$3_1 + 4 >> 2]);
        HEAPF32[$4_1 + 8 >> 2] = $14_1 * Math_fround(HEAPU32[$3_1 + 8 >> 2]);
        HEAPF32[$4_1 + 12 >> 2] = $14_1 * Math_fround(HEAPU32[$3_1 + 12 >> 2]);
        $2_1 = $2_1 + 16 | 0;
        $6_1 = $6_1 + 4 | 0;
        if (($29_1 | 0) != ($6_1 | 0)) {
         continue
        }
        break;
       };
       if (!$11_1) {
        break block5
       }
      }
      $2_1 = $6_1 << 2;
      $3_1 = $11_1;
      while (1) {
       HEAPF32[$2_1 + $9_1 >> 2] = $14_1 * Math_fround(HEAPU32[$2_1 + $23 >> 2]);
       $2_1 = $2_1 + 4 | 0;
       $3_1 = $3_1 - 1 | 0;
       if ($3_1) {
        continue
       }
       break;
      };
      break block5;
     }
     $3_1 = $2_1 + $20 | 0;
     $22 = ($3_1 | 0) > ($8_1 | 0) ? $8_1 : $3_1;
     $3_1 = $2_1 - $19_1 | 0;
     $3_1 = ($3_1 | 0) > 0 ? $3_1 : 0;
     block7 : {
      if (($5_1 | 0) < 0) {
       break block7
      }
      $10_1 = $4_1 & 7;
      $6_1 = 0;
      if ($5_1 >>> 0 >= 7) {
       $5_1 = $4_1 & -8;
       $2_1 = $9_1;
       while (1) {
        HEAP32[$2_1 >> 2] = 0;
        HEAP32[$2_1 + 4 >> 2] = 0;
        $4_1 = $2_1 + 24 | 0;
        HEAP32[$4_1 >> 2] = 0;
        HEAP32[$4_1 + 4 >> 2] = 0;
        $4_1 = $2_1 + 16 | 0;
        HEAP32[$4_1 >> 2] = 0;
        HEAP32[$4_1 + 4 >> 2] = 0;
        $4_1 = $2_1 + 8 | 0;
        HEAP32[$4_1 >> 2] = 0;
        HEAP32[$4_1 + 4 >> 2] = 0;
        $2_1 = $2_1 + 32 | 0;
        $6_1 = $6_1 + 8 | 0;
        if (($5_1 | 0) != ($6_1 | 0)) {
         continue
        }
        break;
       };
       if (!$10_1) {
        break block7
       }
      }
      $7_1 = $10_1 << 2;
      $2_1 = ($6_1 << 2) + $9_1 | 0;
      while (1) {
       HEAP32[$2_1 >> 2] = 0;
       $2_1 = $2_1 + 4 | 0;
       $7_1 = $7_1 - 4 | 0;
       if ($7_1) {
        continue
       }
       break;
      };
     }
     if (($3_1 | 0) > ($22 | 0)) {
      break block5
     }
     $10_1 = $3_1 + $27_1 | 0;
     $16_1 = $10_1;
     $6_1 = $3_1 + $28_1 | 0;
     $17_1 = $6_1;
     $26 = $9_1 - ($13_1 << 2) | 0;
     $36 = Math_fround(($22 - $3_1 | 0) + 1 | 0);
     $18_1 = 0;
     while (1) {
      $4_1 = $3_1;
      $3_1 = $3_1 - $19_1 | 0;
      $2_1 = ($3_1 | 0) > 0 ? $3_1 : 0;
      $3_1 = $4_1 + $20 | 0;
      $13_1 = ($3_1 | 0) > ($8_1 | 0) ? $8_1 : $3_1;
      block9 : {
       if (($2_1 | 0) > ($13_1 | 0)) {
        break block9
       }
       $15_1 = Math_fround(Math_fround(1.0) / Math_fround($36 * Math_fround(($13_1 - $2_1 | 0) + 1 | 0)));
       $3_1 = $10_1 + $18_1 | 0;
       $7_1 = ($3_1 | 0) < ($8_1 | 0) ? $3_1 : $8_1;
       $3_1 = $6_1 + $18_1 | 0;
       $5_1 = $7_1 - (($3_1 | 0) > 0 ? $3_1 : 0) | 0;
       if ($5_1 + 1 & 3) {
        $2_1 = ($17_1 | 0) > 0 ? $17_1 : 0;
        $7_1 = (((($8_1 | 0) > ($16_1 | 0) ? $16_1 : $8_1) - $2_1 | 0) + 1 & 3) << 2;
        $3_1 = 0 - $2_1 | 0;
        $2_1 = ($2_1 << 2) + $26 | 0;
        while (1) {
         HEAPF32[$2_1 >> 2] = $15_1 + HEAPF32[$2_1 >> 2];
         $2_1 = $2_1 + 4 | 0;
         $3_1 = $3_1 - 1 | 0;
         $7_1 = $7_1 - 4 | 0;
         if ($7_1) {
          continue
         }
         break;
        };
        $2_1 = 0 - $3_1 | 0;
       }
       if ($5_1 >>> 0 < 3) {
        break block9
       }
       $3_1 = $2_1 - 1 | 0;
       $2_1 = ($2_1 << 2) + $26 | 0;
       while (1) {
        HEAPF32[$2_1 >> 2] = $15_1 + HEAPF32[$2_1 >> 2];
        $5_1 = $2_1 + 4 | 0;
        HEAPF32[$5_1 >> 2] = $15_1 + HEAPF32[$5_1 >> 2];
        $5_1 = $2_1 + 8 | 0;
        HEAPF32[$5_1 >> 2] = $15_1 + HEAPF32[$5_1 >> 2];
        $5_1 = $2_1 + 12 | 0;
        HEAPF32[$5_1 >> 2] = $15_1 + HEAPF32[$5_1 >> 2];
        $2_1 = $2_1 + 16 | 0;
        $3_1 = $3_1 + 4 | 0;
        if (($13_1 | 0) > ($3_1 | 0)) {
         continue
        }
        break;
       };
      }
      $16_1 = $16_1 + 1 | 0;
      $17_1 = $17_1 + 1 | 0;
      $18_1 = $18_1 + 1 | 0;
      $3_1 = $4_1 + 1 | 0;
      if (($4_1 | 0) != ($22 | 0)) {
       continue
      }
      break;
     };
    }
    $9_1 = $9_1 + $33_1 | 0;
    $24_1 = $24_1 + 1.0;
    $21_1 = $21_1 + 1 | 0;
    if (($21_1 | 0) != 64) {
     continue
    }
    break;
   };
   HEAP32[$0_1 >> 2] = $1_1;
   $2_1 = 1;
  }
  return $2_1;
 }
 
 function $34($0_1, $1_1, $2_1, $3_1) {
  var $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0, $16_1 = 0, $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0, $22 = 0;
  $9_1 = HEAP32[$0_1 + 820 >> 2];
  $5_1 = HEAP32[$0_1 + 4 >> 2];
  block : {
   if (!$33($0_1 + 24 | 0, $2_1)) {
    break block
   }
   if (!$33($0_1 + 820 | 0, $1_1)) {
    break block
   }
   HEAP32[$0_1 + 8 >> 2] = Math_imul($1_1, $3_1);
   if (!(($1_1 | 0) == ($9_1 | 0) & ($3_1 | 0) == ($5_1 | 0))) {
    HEAP32[$0_1 + 4 >> 2] = 0;
    $5_1 = (Math_imul((HEAP32[$0_1 + 824 >> 2] << 1) - 1 | 0, $3_1) + 7 | 0) / 8 | 0;
    HEAP32[$0_1 + 1616 >> 2] = $5_1 << 3;
    $19(HEAP32[$0_1 + 1876 >> 2]);
    HEAP32[$0_1 + 1876 >> 2] = 0;
    HEAP32[$0_1 + 1880 >> 2] = 0;
    $2_1 = $5_1 << 9;
    if ($2_1 >>> 0 > 536870911) {
     break block
    }
    $9_1 = $18($2_1 ? $5_1 << 11 : 1);
    HEAP32[$0_1 + 1876 >> 2] = $9_1;
    if (!$9_1) {
     break block
    }
    HEAP32[$0_1 + 1880 >> 2] = $2_1;
    $17_1 = ($3_1 | 0) == 1;
    $5_1 = $17_1 ? 262784 : 262768;
    $18_1 = $3_1 & 1;
    $19_1 = $0_1 + 1620 | 0;
    $20 = $0_1 + 832 | 0;
    $11_1 = HEAP32[$0_1 + 1616 >> 2];
    $21_1 = $11_1 << 2;
    $22 = 0 - ($3_1 & 2147483646) | 0;
    $8_1 = $9_1;
    while (1) {
     $2_1 = Math_imul($12_1, 12) + $20 | 0;
     HEAP32[($12_1 << 2) + $19_1 >> 2] = Math_imul(HEAP32[$2_1 >> 2], $3_1);
     $7_1 = 0;
     $13_1 = HEAP32[$2_1 + 4 >> 2];
     if (($13_1 | 0) > 0) {
      $15_1 = (Math_imul($12_1, $11_1) << 2) + $9_1 | 0;
      $6_1 = HEAP32[$0_1 + 1608 >> 2] + (Math_imul(HEAP32[$0_1 + 828 >> 2], $12_1) << 2) | 0;
      $14_1 = 0;
      while (1) {
       block3 : {
        if (($3_1 | 0) <= 0) {
         break block3
        }
        $16_1 = $6_1 + ($14_1 << 2) | 0;
        $4_1 = 0;
        if (!$17_1) {
         $4_1 = ($7_1 << 2) + $8_1 | 0;
         $10_1 = 0;
         $2_1 = $5_1;
         while (1) {
          HEAPF32[$4_1 >> 2] = HEAPF32[$16_1 >> 2] * HEAPF32[$2_1 >> 2];
          HEAPF32[$4_1 + 4 >> 2] = HEAPF32[$16_1 >> 2] * HEAPF32[$2_1 + 4 >> 2];
          $2_1 = $2_1 + 8 | 0;
          $4_1 = $4_1 + 8 | 0;
          $10_1 = $10_1 - 2 | 0;
          if (($22 | 0) != ($10_1 | 0)) {
           continue
          }
          break;
         };
         $7_1 = $7_1 - $10_1 | 0;
         if (!$18_1) {
          break block3
         }
         $4_1 = 0 - $10_1 | 0;
        }
        HEAPF32[($7_1 << 2) + $15_1 >> 2] = HEAPF32[$16_1 >> 2] * HEAPF32[$5_1 + ($4_1 << 2) >> 2];
        $7_1 = $7_1 + 1 | 0;
       }
       $14_1 = $14_1 + 1 | 0;
       if (($13_1 | 0) != ($14_1 | 0)) {
        continue
       }
       break;
      };
     }
     block5 : {
      if (($7_1 | 0) >= ($11_1 | 0)) {
       break block5
      }
      $6_1 = $7_1;
      $2_1 = $11_1 - $6_1 & 7;
      if ($2_1) {
       $6_1 = $2_1 + $6_1 | 0;
       $4_1 = ($7_1 << 2) + $8_1 | 0;
       while (1) {
        HEAP32[$4_1 >> 2] = 0;
        $4_1 = $4_1 + 4 | 0;
        $2_1 = $2_1 - 1 | 0;
        if ($2_1) {
         continue
        }
        break;
       };
      }
      if ($7_1 - $11_1 >>> 0 > 4294967288) {
       break block5
      }
      $2_1 = $11_1 - $6_1 | 0;
      $4_1 = ($6_1 << 2) + $8_1 | 0;
      while (1) {
       HEAP32[$4_1 >> 2] = 0;
       HEAP32[$4_1 + 4 >> 2] = 0;
       $6_1 = $4_1 + 24 | 0;
       HEAP32[$6_1 >> 2] = 0;
       HEAP32[$6_1 + 4 >> 2] = 0;
       $6_1 = $4_1 + 16 | 0;
       HEAP32[$6_1 >> 2] = 0;
       HEAP32[$6_1 + 4 >> 2] = 0;
       $6_1 = $4_1 + 8 | 0;
       HEAP32[$6_1 >> 2] = 0;
       HEAP32[$6_1 + 4 >> 2] = 0;
       $4_1 = $4_1 + 32 | 0;
       $2_1 = $2_1 - 8 | 0;
       if ($2_1) {
        continue
       }
       break;
      };
     }
     $8_1 = $8_1 + $21_1 | 0;
     $12_1 = $12_1 + 1 | 0;
     if (($12_1 | 0) != 64) {
      continue
     }
     break;
    };
   }
   $15_1 = $0_1 + 40 | 0;
   $13_1 = $0_1 + 36 | 0;
   $4_1 = 0;
   $7_1 = 0;
   $8_1 = 1;
   while (1) {
    $10_1 = $4_1 + 1 | 0;
    $6_1 = $4_1 - 2 | 0;
    $5_1 = $15_1 + Math_imul($4_1, 12) | 0;
    $9_1 = HEAP32[$13_1 + Math_imul($7_1, 12) >> 2];
    while (1) {
     $2_1 = $10_1;
     $10_1 = $2_1 + 1 | 0;
     $4_1 = $5_1;
     $5_1 = $4_1 + 12 | 0;
     $6_1 = $6_1 + 1 | 0;
     if (($9_1 | 0) >= (HEAP32[$4_1 >> 2] + HEAP32[$4_1 - 4 >> 2] | 0)) {
      continue
     }
     break;
    };
    $5_1 = $7_1 - $6_1 | 0;
    $6_1 = ($5_1 | 0) < ($8_1 | 0) ? $8_1 : $5_1;
    $8_1 = HEAP32[$13_1 + Math_imul($7_1 | 1, 12) >> 2];
    while (1) {
     $2_1 = $2_1 + 1 | 0;
     $9_1 = $4_1 - 4 | 0;
     $5_1 = HEAP32[$4_1 >> 2];
     $4_1 = $4_1 + 12 | 0;
     if (($8_1 | 0) >= ($5_1 + HEAP32[$9_1 >> 2] | 0)) {
      continue
     }
     break;
    };
    $5_1 = ($7_1 - $2_1 | 0) + 4 | 0;
    $8_1 = ($5_1 | 0) < ($6_1 | 0) ? $6_1 : $5_1;
    $4_1 = $2_1 - 2 | 0;
    $7_1 = $7_1 + 2 | 0;
    if (($7_1 | 0) != 64) {
     continue
    }
    break;
   };
   HEAP32[$0_1 + 20 >> 2] = $8_1;
   $6_1 = HEAP32[$0_1 + 1616 >> 2] + HEAP32[$0_1 + 8 >> 2] | 0;
   $5_1 = Math_imul($6_1, $8_1);
   if ($5_1 >>> 0 > HEAPU32[$0_1 + 1888 >> 2]) {
    $19(HEAP32[$0_1 + 1884 >> 2]);
    HEAP32[$0_1 + 1884 >> 2] = 0;
    HEAP32[$0_1 + 1888 >> 2] = 0;
    $4_1 = 0;
    if ($5_1 >>> 0 > 536870911) {
     break block
    }
    $2_1 = $18($5_1 << 2);
    HEAP32[$0_1 + 1884 >> 2] = $2_1;
    if (!$2_1) {
     break block
    }
    HEAP32[$0_1 + 1888 >> 2] = $5_1;
   }
   if (HEAPU32[$0_1 + 1896 >> 2] < $6_1 >>> 0) {
    $19(HEAP32[$0_1 + 1892 >> 2]);
    HEAP32[$0_1 + 1892 >> 2] = 0;
    HEAP32[$0_1 + 1896 >> 2] = 0;
    $4_1 = 0;
    if ($6_1 >>> 0 > 536870911) {
     break block
    }
    $2_1 = $18($6_1 << 2);
    HEAP32[$0_1 + 1892 >> 2] = $2_1;
    if (!$2_1) {
     break block
    }
    HEAP32[$0_1 + 1896 >> 2] = $6_1;
   }
   $9_1 = HEAP32[$0_1 + 8 >> 2];
   block9 : {
    if ($9_1 >>> 0 >= $6_1 >>> 0) {
     break block9
    }
    $8_1 = HEAP32[$0_1 + 1892 >> 2];
    $5_1 = $9_1;
    $2_1 = $6_1 - $5_1 & 7;
    if ($2_1) {
     $5_1 = $2_1 + $5_1 | 0;
     $4_1 = $8_1 + ($9_1 << 2) | 0;
     while (1) {
      HEAP32[$4_1 >> 2] = 0;
      $4_1 = $4_1 + 4 | 0;
      $2_1 = $2_1 - 1 | 0;
      if ($2_1) {
       continue
      }
      break;
     };
    }
    if ($9_1 - $6_1 >>> 0 > 4294967288) {
     break block9
    }
    $2_1 = $6_1 - $5_1 | 0;
    $4_1 = $8_1 + ($5_1 << 2) | 0;
    while (1) {
     HEAP32[$4_1 >> 2] = 0;
     HEAP32[$4_1 + 4 >> 2] = 0;
     $5_1 = $4_1 + 24 | 0;
     HEAP32[$5_1 >> 2] = 0;
     HEAP32[$5_1 + 4 >> 2] = 0;
     $5_1 = $4_1 + 16 | 0;
     HEAP32[$5_1 >> 2] = 0;
     HEAP32[$5_1 + 4 >> 2] = 0;
     $5_1 = $4_1 + 8 | 0;
     HEAP32[$5_1 >> 2] = 0;
     HEAP32[$5_1 + 4 >> 2] = 0;
     $4_1 = $4_1 + 32 | 0;
     $2_1 = $2_1 - 8 | 0;
     if ($2_1) {
      continue
     }
     break;
    };
   }
   HEAP32[$0_1 + 4 >> 2] = $3_1;
   HEAP32[$0_1 >> 2] = $1_1;
   HEAP32[$0_1 + 12 >> 2] = 0;
   HEAP32[$0_1 + 16 >> 2] = 0;
   $4_1 = -64;
   while (1) {
    $1_1 = ($0_1 + $4_1 | 0) + 1964 | 0;
    HEAP32[$1_1 >> 2] = 0;
    HEAP32[$1_1 + 4 >> 2] = 0;
    $4_1 = $4_1 + 8 | 0;
    if ($4_1) {
     continue
    }
    break;
   };
   $4_1 = 1;
  }
  return $4_1;
 }
 
 function $35($0_1, $1_1, $2_1, $3_1) {
  var $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = Math_fround(0), $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0, $16_1 = 0, $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0, $22 = 0, $23 = 0, $24_1 = 0, $25 = 0, $26 = 0, $27_1 = 0;
  $16_1 = HEAP32[$0_1 + 12 >> 2] + $3_1 | 0;
  $3_1 = HEAP32[$0_1 + 16 >> 2];
  block : {
   if (($3_1 | 0) > 63) {
    break block
   }
   $19_1 = Math_imul($3_1, 12);
   $25 = $0_1 + 1620 | 0;
   $20 = ($3_1 << 8) + 1984 | 0;
   while (1) {
    $21_1 = $0_1 + $19_1 | 0;
    $22 = $21_1 + 36 | 0;
    $4_1 = HEAP32[$22 >> 2];
    if (($4_1 | 0) >= ($16_1 | 0)) {
     break block
    }
    $10_1 = $3_1;
    $3_1 = HEAP32[$0_1 + 12 >> 2];
    $11_1 = ($3_1 | 0) < ($4_1 | 0) ? $4_1 : $3_1;
    $8_1 = Math_imul($11_1 - $3_1 | 0, $2_1) + $1_1 | 0;
    $13_1 = global$0 - 80 | 0;
    global$0 = $13_1;
    $6_1 = $11_1 - $4_1 | 0;
    $23 = $21_1 + 40 | 0;
    $3_1 = $4_1 + HEAP32[$23 >> 2] | 0;
    $17_1 = (($3_1 | 0) < ($16_1 | 0) ? $3_1 : $16_1) - $4_1 | 0;
    if (($6_1 | 0) < ($17_1 | 0)) {
     $11_1 = HEAP32[$0_1 + 1884 >> 2] + (Math_imul(HEAP32[$0_1 + 8 >> 2], ($10_1 | 0) % HEAP32[$0_1 + 20 >> 2] | 0) << 2) | 0;
     $26 = HEAPU8[(Math_imul($10_1, 12) + $0_1 | 0) + 44 | 0];
     $24_1 = ($0_1 + $10_1 | 0) + 1900 | 0;
     while (1) {
      $5_1 = HEAPU8[$24_1 | 0];
      HEAP8[$24_1 | 0] = 1;
      $3_1 = $6_1 << 2;
      $4_1 = $3_1 + HEAP32[$0_1 + 804 >> 2] | 0;
      $9_1 = HEAP32[$4_1 >> 2];
      block5 : {
       block1 : {
        $12_1 = $26 & 1;
        if (!$12_1) {
         break block1
        }
        if ($9_1 >>> 0 > 257) {
         break block1
        }
        $27_1 = $5_1 ^ 1;
        $5_1 = 0;
        block2 : {
         if (($6_1 | 0) >= ($17_1 | 0)) {
          break block2
         }
         $3_1 = 0;
         $14_1 = $13_1 + 32 | 0;
         $9_1 = $13_1;
         $15_1 = 0;
         block3 : {
          while (1) {
           $5_1 = HEAP32[$4_1 >> 2];
           $15_1 = $5_1 + $15_1 | 0;
           if ($15_1 >>> 0 > 257) {
            break block3
           }
           HEAP16[$9_1 >> 1] = $5_1;
           HEAP32[$14_1 >> 2] = $8_1;
           $8_1 = $2_1 + $8_1 | 0;
           $5_1 = $3_1 + 1 | 0;
           $12_1 = $5_1 + $6_1 | 0;
           if (($17_1 | 0) > ($12_1 | 0)) {
            $9_1 = $9_1 + 2 | 0;
            $14_1 = $14_1 + 4 | 0;
            $4_1 = $4_1 + 4 | 0;
            $18_1 = $3_1 >>> 0 < 11;
            $3_1 = $5_1;
            if ($18_1) {
             continue
            }
           }
           break;
          };
          $6_1 = $12_1;
          break block2;
         }
         $6_1 = $3_1 + $6_1 | 0;
         $5_1 = $3_1;
        }
        FUNCTION_TABLE[HEAP32[65708]]($13_1 + 32 | 0, $13_1, $5_1, HEAP32[$0_1 + 8 >> 2], $27_1 & 1, $11_1);
        break block5;
       }
       block7 : {
        if ($12_1) {
         if (HEAP32[$0_1 + 8 >> 2] <= 0) {
          break block7
         }
         $3_1 = 0;
         $4_1 = $11_1;
         while (1) {
          HEAP32[$4_1 >> 2] = Math_imul($9_1, HEAPU8[$3_1 + $8_1 | 0]) + ($5_1 & 1 ? HEAP32[$4_1 >> 2] : 0);
          $4_1 = $4_1 + 4 | 0;
          $3_1 = $3_1 + 1 | 0;
          if (($3_1 | 0) < HEAP32[$0_1 + 8 >> 2]) {
           continue
          }
          break;
         };
         break block7;
        }
        $4_1 = HEAP32[$0_1 + 8 >> 2];
        if (($4_1 | 0) <= 0) {
         break block7
        }
        $7_1 = HEAPF32[$3_1 + (HEAP32[$0_1 + 812 >> 2] + (Math_imul(HEAP32[$0_1 + 32 >> 2], $10_1) << 2) | 0) >> 2];
        $3_1 = 0;
        if (($4_1 | 0) != 1) {
         $9_1 = $4_1 & 1;
         $12_1 = $4_1 & 2147483646;
         $4_1 = $11_1;
         while (1) {
          $14_1 = $5_1 & 1;
          $15_1 = $3_1 + $8_1 | 0;
          HEAPF32[$4_1 >> 2] = ($14_1 ? HEAPF32[$4_1 >> 2] : Math_fround(0.0)) + Math_fround($7_1 * Math_fround(HEAPU8[$15_1 | 0]));
          $18_1 = $4_1 + 4 | 0;
          HEAPF32[$18_1 >> 2] = ($14_1 ? HEAPF32[$18_1 >> 2] : Math_fround(0.0)) + Math_fround($7_1 * Math_fround(HEAPU8[$15_1 + 1 | 0]));
          $4_1 = $4_1 + 8 | 0;
          $3_1 = $3_1 + 2 | 0;
          if (($12_1 | 0) != ($3_1 | 0)) {
           continue
          }
          break;
         };
         if (!$9_1) {
          break block7
         }
        }
        $4_1 = ($3_1 << 2) + $11_1 | 0;
        HEAPF32[$4_1 >> 2] = ($5_1 & 1 ? HEAPF32[$4_1 >> 2] : Math_fround(0.0)) + Math_fround($7_1 * Math_fround(HEAPU8[$3_1 + $8_1 | 0]));
       }
       $8_1 = $2_1 + $8_1 | 0;
       $6_1 = $6_1 + 1 | 0;
      }
      if (($6_1 | 0) < ($17_1 | 0)) {
       continue
      }
      break;
     };
    }
    global$0 = $13_1 + 80 | 0;
    if (($16_1 | 0) >= (HEAP32[$23 >> 2] + HEAP32[$22 >> 2] | 0)) {
     $3_1 = HEAP32[$0_1 + 8 >> 2];
     $4_1 = HEAP32[$0_1 + 1884 >> 2] + (Math_imul($3_1, ($10_1 | 0) % HEAP32[$0_1 + 20 >> 2] | 0) << 2) | 0;
     block31 : {
      if (HEAPU8[$21_1 + 44 | 0] == 1) {
       FUNCTION_TABLE[HEAP32[65709]]($4_1, $3_1, HEAP32[$0_1 + 1892 >> 2]);
       $7_1 = Math_fround(HEAP32[$0_1 + 28 >> 2]);
       $7_1 = Math_fround(Math_fround(1.0) / Math_fround($7_1 * $7_1));
       break block31;
      }
      $16(HEAP32[$0_1 + 1892 >> 2], $4_1, $3_1 << 2);
      $7_1 = Math_fround(1.0);
     }
     FUNCTION_TABLE[HEAP32[65710]](HEAP32[$0_1 + 1892 >> 2], $25, HEAP32[$0_1 + 1876 >> 2], HEAP32[$0_1 + 1616 >> 2], $7_1, $0_1 + $20 | 0);
     HEAP32[$0_1 + 16 >> 2] = $10_1 + 1;
    }
    $20 = $20 + 256 | 0;
    $19_1 = $19_1 + 12 | 0;
    $3_1 = $10_1 + 1 | 0;
    if (($3_1 | 0) != 64) {
     continue
    }
    break;
   };
  }
  HEAP32[$0_1 + 12 >> 2] = $16_1;
 }
 
 function $37($0_1, $1_1, $2_1) {
  var $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0;
  HEAP32[$0_1 + 4 >> 2] = $2_1;
  HEAP32[$0_1 >> 2] = $1_1;
  HEAP32[$0_1 + 20 >> 2] = 0;
  HEAP32[$0_1 + 12 >> 2] = 0;
  HEAP32[$0_1 + 16 >> 2] = 0;
  HEAP32[$0_1 + 8 >> 2] = ($2_1 + 127 | 0) / 128;
  $19(HEAP32[$0_1 + 24 >> 2]);
  HEAP32[$0_1 + 24 >> 2] = 0;
  HEAP32[$0_1 + 28 >> 2] = 0;
  block : {
   if ($1_1 >>> 0 > 536870911) {
    break block
   }
   $2_1 = $18($1_1 ? $1_1 << 2 : 1);
   HEAP32[$0_1 + 24 >> 2] = $2_1;
   if (!$2_1) {
    break block
   }
   HEAP32[$0_1 + 28 >> 2] = $1_1;
   $2_1 = HEAP32[$0_1 + 8 >> 2];
   $19(HEAP32[$0_1 + 32 >> 2]);
   HEAP32[$0_1 + 32 >> 2] = 0;
   HEAP32[$0_1 + 36 >> 2] = 0;
   $2_1 = Math_imul($1_1, $2_1);
   if ($2_1 >>> 0 > 536870911) {
    break block
   }
   $3_1 = $18($2_1 ? $2_1 << 2 : 1);
   HEAP32[$0_1 + 32 >> 2] = $3_1;
   if (!$3_1) {
    break block
   }
   HEAP32[$0_1 + 36 >> 2] = $2_1;
   block1 : {
    if (!$1_1) {
     break block1
    }
    $2_1 = $1_1 & 7;
    $5_1 = HEAP32[$0_1 + 24 >> 2];
    $3_1 = 0;
    if ($1_1 >>> 0 >= 8) {
     $0_1 = $1_1 >>> 3 & 67108863;
     $3_1 = $0_1 << 3;
     $6_1 = $0_1 << 5;
     $1_1 = 0;
     while (1) {
      $0_1 = $1_1 + $5_1 | 0;
      HEAP32[$0_1 >> 2] = 0;
      HEAP32[$0_1 + 4 >> 2] = 0;
      $4_1 = $0_1 + 24 | 0;
      HEAP32[$4_1 >> 2] = 0;
      HEAP32[$4_1 + 4 >> 2] = 0;
      $4_1 = $0_1 + 16 | 0;
      HEAP32[$4_1 >> 2] = 0;
      HEAP32[$4_1 + 4 >> 2] = 0;
      $0_1 = $0_1 + 8 | 0;
      HEAP32[$0_1 >> 2] = 0;
      HEAP32[$0_1 + 4 >> 2] = 0;
      $1_1 = $1_1 + 32 | 0;
      if (($6_1 | 0) != ($1_1 | 0)) {
       continue
      }
      break;
     };
     if (!$2_1) {
      break block1
     }
    }
    $0_1 = $5_1 + ($3_1 << 2) | 0;
    while (1) {
     HEAP32[$0_1 >> 2] = 0;
     $0_1 = $0_1 + 4 | 0;
     $2_1 = $2_1 - 1 | 0;
     if ($2_1) {
      continue
     }
     break;
    };
   }
   $5_1 = 1;
  }
  return $5_1;
 }
 
 function $38($0_1, $1_1, $2_1, $3_1) {
  var $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0;
  HEAP32[$0_1 + 28 >> 2] = 0;
  HEAP32[$0_1 + 8 >> 2] = $3_1;
  HEAP32[$0_1 + 4 >> 2] = $2_1;
  HEAP32[$0_1 >> 2] = $1_1;
  HEAP32[$0_1 + 20 >> 2] = 0;
  HEAP32[$0_1 + 24 >> 2] = 0;
  HEAP32[$0_1 + 12 >> 2] = 0;
  HEAP32[$0_1 + 16 >> 2] = 0;
  HEAP8[$0_1 + 32 | 0] = ($1_1 | 0) == 64 & ($2_1 | 0) == 64;
  $19(HEAP32[$0_1 + 36 >> 2]);
  HEAP32[$0_1 + 36 >> 2] = 0;
  HEAP32[$0_1 + 40 >> 2] = 0;
  $5_1 = $1_1 << 3;
  block : {
   if ($5_1 >>> 0 > 536870911) {
    break block
   }
   $3_1 = $5_1 ? $1_1 << 5 : 1;
   $4_1 = $18($3_1);
   HEAP32[$0_1 + 36 >> 2] = $4_1;
   if (!$4_1) {
    break block
   }
   HEAP32[$0_1 + 40 >> 2] = $5_1;
   $19(HEAP32[$0_1 + 44 >> 2]);
   HEAP32[$0_1 + 44 >> 2] = 0;
   HEAP32[$0_1 + 48 >> 2] = 0;
   $4_1 = $18($3_1);
   HEAP32[$0_1 + 44 >> 2] = $4_1;
   if (!$4_1) {
    break block
   }
   HEAP32[$0_1 + 48 >> 2] = $5_1;
   $19(HEAP32[$0_1 + 52 >> 2]);
   HEAP32[$0_1 + 52 >> 2] = 0;
   HEAP32[$0_1 + 56 >> 2] = 0;
   $4_1 = $18($3_1);
   HEAP32[$0_1 + 52 >> 2] = $4_1;
   if (!$4_1) {
    break block
   }
   HEAP32[$0_1 + 56 >> 2] = $5_1;
   $19(HEAP32[$0_1 + 60 >> 2]);
   HEAP32[$0_1 + 60 >> 2] = 0;
   HEAP32[$0_1 + 64 >> 2] = 0;
   $7_1 = $18($3_1);
   HEAP32[$0_1 + 60 >> 2] = $7_1;
   if (!$7_1) {
    break block
   }
   HEAP32[$0_1 + 64 >> 2] = $5_1;
   if ($5_1) {
    $8_1 = HEAP32[$0_1 + 52 >> 2];
    $3_1 = 0;
    while (1) {
     $4_1 = $3_1 + $7_1 | 0;
     HEAP32[$4_1 >> 2] = 0;
     $6_1 = $3_1 + $8_1 | 0;
     HEAP32[$6_1 >> 2] = 0;
     HEAP32[$4_1 + 4 >> 2] = 0;
     HEAP32[$6_1 + 4 >> 2] = 0;
     HEAP32[$4_1 + 8 >> 2] = 0;
     HEAP32[$6_1 + 8 >> 2] = 0;
     HEAP32[$4_1 + 12 >> 2] = 0;
     HEAP32[$6_1 + 12 >> 2] = 0;
     $3_1 = $3_1 + 16 | 0;
     $5_1 = $5_1 - 4 | 0;
     if ($5_1) {
      continue
     }
     break;
    };
   }
   if (!$37($0_1 + 68 | 0, $1_1, $2_1)) {
    break block
   }
   $9_1 = $37($0_1 + 108 | 0, 64, $2_1);
  }
  return $9_1;
 }
 
 function $40($0_1) {
  var $1_1 = 0, $2_1 = 0, $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = Math_fround(0), $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0.0, $13_1 = 0, $14_1 = 0;
  $4_1 = global$0 - 288 | 0;
  global$0 = $4_1;
  $1_1 = HEAP32[$0_1 + 52 >> 2];
  HEAP32[$4_1 + 256 >> 2] = $1_1;
  $3_1 = HEAP32[$0_1 >> 2];
  HEAP32[$4_1 + 284 >> 2] = $1_1 + Math_imul($3_1, 28);
  HEAP32[$4_1 + 280 >> 2] = $1_1 + Math_imul($3_1, 24);
  HEAP32[$4_1 + 276 >> 2] = $1_1 + Math_imul($3_1, 20);
  HEAP32[$4_1 + 272 >> 2] = $1_1 + ($3_1 << 4);
  HEAP32[$4_1 + 268 >> 2] = $1_1 + Math_imul($3_1, 12);
  HEAP32[$4_1 + 264 >> 2] = $1_1 + ($3_1 << 3);
  HEAP32[$4_1 + 260 >> 2] = $1_1 + ($3_1 << 2);
  block2 : {
   if (HEAPU8[$0_1 + 32 | 0] == 1) {
    $3_1 = HEAP32[$0_1 + 16 >> 2];
    if (($3_1 | 0) > 0) {
     $2_1 = $0_1 + 160 | 0;
     $1_1 = $4_1 + 256 | 0;
     while (1) {
      $16(((HEAP32[$0_1 + 12 >> 2] << 8) - ($3_1 << 8) | 0) + $2_1 | 0, HEAP32[$1_1 >> 2], 256);
      $1_1 = $1_1 + 4 | 0;
      $2_1 = $2_1 + 256 | 0;
      $3_1 = HEAP32[$0_1 + 16 >> 2];
      $7_1 = $7_1 + 1 | 0;
      if (($3_1 | 0) > ($7_1 | 0)) {
       continue
      }
      break;
     };
    }
    HEAP32[$0_1 + 16 >> 2] = 0;
    break block2;
   }
   $2_1 = $4_1 + 256 | 0;
   FUNCTION_TABLE[HEAP32[65716]]($2_1, $3_1, HEAP32[$0_1 + 36 >> 2]);
   $1_1 = HEAP32[$0_1 >> 2];
   FUNCTION_TABLE[HEAP32[65714]](HEAP32[$0_1 + 36 >> 2], $1_1, ($1_1 + 127 | 0) / 128 | 0, HEAP32[$0_1 + 44 >> 2]);
   FUNCTION_TABLE[HEAP32[65715]](HEAP32[$0_1 + 44 >> 2], HEAP32[$0_1 >> 2], $2_1);
   $7_1 = HEAP32[$0_1 + 60 >> 2];
   if (HEAP32[$0_1 + 16 >> 2] > 0) {
    while (1) {
     $1_1 = HEAP32[$0_1 + 76 >> 2];
     $13_1 = (($1_1 + 2 | 0) / 2 | 0) - 1 | 0;
     $14_1 = (Math_imul(HEAP32[$0_1 >> 2], HEAP32[$0_1 + 20 >> 2]) << 2) + $7_1 | 0;
     $9_1 = HEAP32[$0_1 + 68 >> 2];
     $8_1 = HEAP32[$0_1 + 80 >> 2];
     $3_1 = HEAP32[$0_1 + 100 >> 2] + (Math_imul($9_1, ($8_1 | 0) % ($1_1 | 0) | 0) << 2) | 0;
     $6_1 = HEAPF32[$0_1 + 88 >> 2];
     if (($1_1 | 0) <= ($8_1 | 0)) {
      $5_1 = $3_1
     } else {
      $6_1 = Math_fround($6_1 + Math_fround(1.0));
      HEAPF32[$0_1 + 88 >> 2] = $6_1;
      $5_1 = 0;
     }
     $10_1 = HEAP32[$2_1 >> 2];
     $1_1 = ($8_1 | 0) < ($13_1 | 0);
     FUNCTION_TABLE[HEAP32[65717]]($10_1, $5_1, $9_1, $6_1, HEAP32[$0_1 + 92 >> 2], $1_1 ? 0 : $14_1);
     $16($3_1, $10_1, HEAP32[$0_1 + 68 >> 2] << 2);
     HEAP32[$0_1 + 80 >> 2] = HEAP32[$0_1 + 80 >> 2] + 1;
     block6 : {
      if ($1_1) {
       break block6
      }
      HEAP32[$0_1 + 84 >> 2] = HEAP32[$0_1 + 84 >> 2] + 1;
      $1_1 = HEAP32[$0_1 + 20 >> 2] + 1 | 0;
      HEAP32[$0_1 + 20 >> 2] = $1_1;
      if (($1_1 | 0) != 8) {
       break block6
      }
      $41($0_1);
     }
     $2_1 = $2_1 + 4 | 0;
     $11_1 = $11_1 + 1 | 0;
     if (($11_1 | 0) < HEAP32[$0_1 + 16 >> 2]) {
      continue
     }
     break;
    }
   }
   HEAP32[$0_1 + 16 >> 2] = 0;
   if (HEAP32[$0_1 + 12 >> 2] < HEAP32[$0_1 + 4 >> 2]) {
    break block2
   }
   $2_1 = HEAP32[$0_1 + 84 >> 2];
   if (($2_1 | 0) != HEAP32[$0_1 + 72 >> 2]) {
    while (1) {
     $6_1 = Math_fround(HEAPF32[$0_1 + 88 >> 2] + Math_fround(-1.0));
     HEAPF32[$0_1 + 88 >> 2] = $6_1;
     $1_1 = HEAP32[$0_1 + 76 >> 2];
     $5_1 = ((($1_1 ^ -1) + $2_1 | 0) + (($1_1 + 2 | 0) / 2 | 0) | 0) % ($1_1 | 0) | 0;
     $1_1 = HEAP32[$0_1 + 68 >> 2];
     FUNCTION_TABLE[HEAP32[65717]](0, HEAP32[$0_1 + 100 >> 2] + (Math_imul($5_1, $1_1) << 2) | 0, $1_1, $6_1, HEAP32[$0_1 + 92 >> 2], (Math_imul(HEAP32[$0_1 >> 2], HEAP32[$0_1 + 20 >> 2]) << 2) + $7_1 | 0);
     $2_1 = HEAP32[$0_1 + 84 >> 2] + 1 | 0;
     HEAP32[$0_1 + 84 >> 2] = $2_1;
     $1_1 = HEAP32[$0_1 + 20 >> 2] + 1 | 0;
     HEAP32[$0_1 + 20 >> 2] = $1_1;
     if (($1_1 | 0) == 8) {
      $41($0_1);
      $2_1 = HEAP32[$0_1 + 84 >> 2];
     }
     if (HEAP32[$0_1 + 72 >> 2] != ($2_1 | 0)) {
      continue
     }
     break;
    }
   }
   if (HEAP32[$0_1 + 20 >> 2] > 0) {
    $41($0_1)
   }
   $1_1 = HEAP32[$0_1 + 124 >> 2];
   if (($1_1 | 0) == HEAP32[$0_1 + 112 >> 2]) {
    break block2
   }
   $3_1 = $0_1 + 160 | 0;
   while (1) {
    $6_1 = Math_fround(HEAPF32[$0_1 + 128 >> 2] + Math_fround(-1.0));
    HEAPF32[$0_1 + 128 >> 2] = $6_1;
    $5_1 = $1_1;
    $1_1 = HEAP32[$0_1 + 116 >> 2];
    $5_1 = (($5_1 + ($1_1 ^ -1) | 0) + (($1_1 + 2 | 0) / 2 | 0) | 0) % ($1_1 | 0) | 0;
    $1_1 = HEAP32[$0_1 + 108 >> 2];
    FUNCTION_TABLE[HEAP32[65717]](0, HEAP32[$0_1 + 140 >> 2] + (Math_imul($5_1, $1_1) << 2) | 0, $1_1, $6_1, HEAP32[$0_1 + 132 >> 2], $4_1);
    $1_1 = HEAP32[$0_1 + 124 >> 2] + 1 | 0;
    HEAP32[$0_1 + 124 >> 2] = $1_1;
    $2_1 = HEAP32[$0_1 + 28 >> 2];
    if (($2_1 | 0) <= 63) {
     while (1) {
      $12_1 = (+($2_1 | 0) + .5) * +HEAP32[$0_1 + 4 >> 2] * .015625;
      block12 : {
       if (Math_abs($12_1) < 2147483648.0) {
        $5_1 = ~~$12_1;
        break block12;
       }
       $5_1 = -2147483648;
      }
      if (($5_1 | 0) == HEAP32[$0_1 + 24 >> 2]) {
       HEAP32[$0_1 + 28 >> 2] = $2_1 + 1;
       $16($3_1 + ($2_1 << 8) | 0, $4_1, 256);
       $2_1 = HEAP32[$0_1 + 28 >> 2];
       if (($2_1 | 0) < 64) {
        continue
       }
      }
      break;
     };
     $1_1 = HEAP32[$0_1 + 124 >> 2];
    }
    HEAP32[$0_1 + 24 >> 2] = HEAP32[$0_1 + 24 >> 2] + 1;
    if (HEAP32[$0_1 + 112 >> 2] != ($1_1 | 0)) {
     continue
    }
    break;
   };
  }
  global$0 = $4_1 + 288 | 0;
 }
 
 function $41($0_1) {
  var $1_1 = 0, $2_1 = 0, $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0.0, $7_1 = 0.0, $8_1 = 0, $9_1 = Math_fround(0), $10_1 = 0, $11_1 = 0, $12_1 = 0.0, $13_1 = 0, $14_1 = 0;
  $3_1 = global$0 - 544 | 0;
  global$0 = $3_1;
  $1_1 = HEAP32[$0_1 + 60 >> 2];
  HEAP32[$3_1 + 512 >> 2] = $1_1;
  $2_1 = HEAP32[$0_1 >> 2];
  HEAP32[$3_1 + 540 >> 2] = $1_1 + Math_imul($2_1, 28);
  HEAP32[$3_1 + 536 >> 2] = $1_1 + Math_imul($2_1, 24);
  HEAP32[$3_1 + 532 >> 2] = $1_1 + Math_imul($2_1, 20);
  HEAP32[$3_1 + 528 >> 2] = $1_1 + ($2_1 << 4);
  HEAP32[$3_1 + 524 >> 2] = $1_1 + Math_imul($2_1, 12);
  HEAP32[$3_1 + 520 >> 2] = $1_1 + ($2_1 << 3);
  HEAP32[$3_1 + 516 >> 2] = $1_1 + ($2_1 << 2);
  FUNCTION_TABLE[HEAP32[65716]]($3_1 + 512 | 0, $2_1, HEAP32[$0_1 + 36 >> 2]);
  $1_1 = HEAP32[$0_1 >> 2];
  FUNCTION_TABLE[HEAP32[65714]](HEAP32[$0_1 + 36 >> 2], $1_1, ($1_1 + 127 | 0) / 128 | 0, HEAP32[$0_1 + 44 >> 2]);
  if (HEAP32[$0_1 + 20 >> 2] > 0) {
   $14_1 = $0_1 + 160 | 0;
   while (1) {
    $5_1 = HEAP32[$0_1 + 44 >> 2] + ($10_1 << 2) | 0;
    $12_1 = +HEAP32[$0_1 >> 2];
    $6_1 = 0.0;
    $2_1 = 1;
    $1_1 = $3_1 + 256 | 0;
    while (1) {
     $7_1 = ($6_1 + .5) * $12_1 * .015625;
     block2 : {
      if (Math_abs($7_1) < 2147483648.0) {
       $4_1 = ~~$7_1;
       break block2;
      }
      $4_1 = -2147483648;
     }
     HEAPF32[$1_1 >> 2] = HEAPF32[$5_1 + ($4_1 << 5) >> 2];
     $8_1 = $1_1 + 4 | 0;
     $7_1 = (+($2_1 >>> 0) + .5) * $12_1 * .015625;
     block4 : {
      if (Math_abs($7_1) < 2147483648.0) {
       $4_1 = ~~$7_1;
       break block4;
      }
      $4_1 = -2147483648;
     }
     HEAPF32[$8_1 >> 2] = HEAPF32[$5_1 + ($4_1 << 5) >> 2];
     $1_1 = $1_1 + 8 | 0;
     $6_1 = $6_1 + 2.0;
     $2_1 = $2_1 + 2 | 0;
     if (($2_1 | 0) != 65) {
      continue
     }
     break;
    };
    $1_1 = HEAP32[$0_1 + 116 >> 2];
    $5_1 = (($1_1 + 2 | 0) / 2 | 0) - 1 | 0;
    $13_1 = HEAP32[$0_1 + 108 >> 2];
    $11_1 = HEAP32[$0_1 + 120 >> 2];
    $2_1 = HEAP32[$0_1 + 140 >> 2] + (Math_imul($13_1, ($11_1 | 0) % ($1_1 | 0) | 0) << 2) | 0;
    $9_1 = HEAPF32[$0_1 + 128 >> 2];
    $4_1 = $3_1 + 256 | 0;
    if (($1_1 | 0) <= ($11_1 | 0)) {
     $8_1 = $2_1
    } else {
     $9_1 = Math_fround($9_1 + Math_fround(1.0));
     HEAPF32[$0_1 + 128 >> 2] = $9_1;
     $8_1 = 0;
    }
    $1_1 = ($5_1 | 0) > ($11_1 | 0);
    FUNCTION_TABLE[HEAP32[65717]]($4_1, $8_1, $13_1, $9_1, HEAP32[$0_1 + 132 >> 2], $1_1 ? 0 : $3_1);
    $16($2_1, $4_1, HEAP32[$0_1 + 108 >> 2] << 2);
    HEAP32[$0_1 + 120 >> 2] = HEAP32[$0_1 + 120 >> 2] + 1;
    if (!$1_1) {
     HEAP32[$0_1 + 124 >> 2] = HEAP32[$0_1 + 124 >> 2] + 1;
     $1_1 = HEAP32[$0_1 + 28 >> 2];
     block8 : {
      if (($1_1 | 0) > 63) {
       break block8
      }
      while (1) {
       $6_1 = (+($1_1 | 0) + .5) * +HEAP32[$0_1 + 4 >> 2] * .015625;
       block10 : {
        if (Math_abs($6_1) < 2147483648.0) {
         $5_1 = ~~$6_1;
         break block10;
        }
        $5_1 = -2147483648;
       }
       if (($5_1 | 0) != HEAP32[$0_1 + 24 >> 2]) {
        break block8
       }
       HEAP32[$0_1 + 28 >> 2] = $1_1 + 1;
       $16(($1_1 << 8) + $14_1 | 0, $3_1, 256);
       $1_1 = HEAP32[$0_1 + 28 >> 2];
       if (($1_1 | 0) < 64) {
        continue
       }
       break;
      };
     }
     HEAP32[$0_1 + 24 >> 2] = HEAP32[$0_1 + 24 >> 2] + 1;
    }
    $10_1 = $10_1 + 1 | 0;
    if (($10_1 | 0) < HEAP32[$0_1 + 20 >> 2]) {
     continue
    }
    break;
   };
  }
  HEAP32[$0_1 + 20 >> 2] = 0;
  global$0 = $3_1 + 544 | 0;
 }
 
 function $42($0_1, $1_1, $2_1, $3_1) {
  var $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = Math_fround(0), $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = Math_fround(0), $14_1 = Math_fround(0), $15_1 = Math_fround(0), $16_1 = Math_fround(0), $17_1 = 0, $18_1 = 0, $19_1 = Math_fround(0), $20 = 0, $21_1 = 0;
  $4_1 = global$0;
  $18_1 = $4_1;
  $9_1 = $4_1 - 3360 & -32;
  global$0 = $9_1;
  $19_1 = HEAPF32[$1_1 + 64 >> 2];
  FUNCTION_TABLE[HEAP32[65712]]($9_1 + 3352 | 0, $0_1, $19_1);
  $4_1 = HEAP32[$9_1 + 3352 >> 2] / 90 | 0;
  $6_1 = ($4_1 | 0) >= 100 ? 100 : $4_1;
  HEAP32[$3_1 + 256 >> 2] = $6_1;
  $4_1 = 0;
  $5_1 = HEAP32[$9_1 + 3356 >> 2] / 90 | 0;
  block : {
   if (($6_1 | 0) != ((($5_1 | 0) >= 100 ? 100 : $5_1) | 0)) {
    break block
   }
   FUNCTION_TABLE[HEAP32[65711]]($0_1, $9_1 + 2304 | 0);
   $20 = $9_1 + 252 | 0;
   while (1) {
    $5_1 = $17_1 - 1 | 0;
    $6_1 = 0;
    $7_1 = 0;
    while (1) {
     $10_1 = $7_1 & 1;
     $4_1 = 0;
     $0_1 = $6_1;
     while (1) {
      $11_1 = $9_1 + 1280 | 0;
      $12_1 = $11_1 + $0_1 | 0;
      block6 : {
       block5 : {
        block4 : {
         block2 : {
          switch ($5_1 | 0) {
          case 2:
           if (!($4_1 & 1)) {
            break block5
           }
           break block4;
          case 0:
           if (!($4_1 + $7_1 & 1)) {
            break block4
           }
           break block5;
          case 1:
           break block2;
          default:
           break block4;
          };
         }
         if (!$10_1) {
          break block5
         }
        }
        $16_1 = HEAPF32[($9_1 + 2304 | 0) + $0_1 >> 2];
        break block6;
       }
       $16_1 = Math_fround(-HEAPF32[($9_1 + 2304 | 0) + $0_1 >> 2]);
      }
      HEAPF32[$12_1 >> 2] = $16_1;
      $0_1 = $0_1 + 4 | 0;
      $4_1 = $4_1 + 1 | 0;
      if (($4_1 | 0) != 16) {
       continue
      }
      break;
     };
     $6_1 = $6_1 - -64 | 0;
     $7_1 = $7_1 + 1 | 0;
     if (($7_1 | 0) != 16) {
      continue
     }
     break;
    };
    $16($9_1 + 256 | 0, $11_1, 1024);
    $10_1 = 0;
    $6_1 = 255;
    while (1) {
     if (($6_1 | 0) > ($10_1 | 0)) {
      $8_1 = HEAPF32[($9_1 + 256 | 0) + (($6_1 + $10_1 | 0) / 2 << 2) >> 2];
      $4_1 = $6_1;
      $5_1 = $10_1;
      while (1) {
       $7_1 = ($5_1 << 2) + $20 | 0;
       while (1) {
        $5_1 = $5_1 + 1 | 0;
        $7_1 = $7_1 + 4 | 0;
        $14_1 = HEAPF32[$7_1 >> 2];
        if ($14_1 < $8_1) {
         continue
        }
        break;
       };
       $11_1 = $5_1 - 1 | 0;
       $0_1 = ($9_1 + 256 | 0) + ($4_1 << 2) | 0;
       while (1) {
        $4_1 = $4_1 - 1 | 0;
        $15_1 = HEAPF32[$0_1 >> 2];
        $12_1 = $0_1 - 4 | 0;
        $0_1 = $12_1;
        if ($8_1 < $15_1) {
         continue
        }
        break;
       };
       $0_1 = $4_1 + 1 | 0;
       block9 : {
        if (($11_1 | 0) > ($0_1 | 0)) {
         $5_1 = $11_1;
         $4_1 = $0_1;
         break block9;
        }
        HEAPF32[$7_1 >> 2] = $15_1;
        HEAPF32[$12_1 + 4 >> 2] = $14_1;
        if (($4_1 | 0) > ($11_1 | 0)) {
         continue
        }
       }
       break;
      };
      $12_1 = $5_1;
      $5_1 = ($5_1 | 0) < 128;
      $0_1 = ($4_1 | 0) > 126;
      $10_1 = $0_1 ? $10_1 : $5_1 ? $12_1 : $10_1;
      $6_1 = $0_1 ? $4_1 : $6_1;
      if ($5_1) {
       continue
      }
      if ($0_1) {
       continue
      }
     }
     break;
    };
    $8_1 = HEAPF32[$9_1 + 764 >> 2];
    if ($19_1 != Math_fround(0.0)) {
     $15_1 = Math_fround(1000000015047466219876688.0e6);
     $14_1 = Math_fround(-1000000015047466219876688.0e6);
     $7_1 = 0;
     $6_1 = $9_1 + 1280 | 0;
     $5_1 = 0;
     while (1) {
      $4_1 = $6_1;
      $0_1 = 0;
      while (1) {
       $13_1 = HEAPF32[((($0_1 | 0) > ($5_1 | 0) ? $5_1 : $0_1) << 2) + $1_1 >> 2];
       $16_1 = HEAPF32[$4_1 >> 2];
       block12 : {
        if ($8_1 < $16_1) {
         $13_1 = Math_fround($16_1 - $13_1);
         $15_1 = $15_1 > $13_1 ? $13_1 : $15_1;
         $7_1 = $7_1 + 1 | 0;
         break block12;
        }
        $13_1 = Math_fround($13_1 + $16_1);
        $14_1 = $14_1 < $13_1 ? $13_1 : $14_1;
       }
       $4_1 = $4_1 + 4 | 0;
       $0_1 = $0_1 + 1 | 0;
       if (($0_1 | 0) != 16) {
        continue
       }
       break;
      };
      $6_1 = $6_1 - -64 | 0;
      $5_1 = $5_1 + 1 | 0;
      if (($5_1 | 0) != 16) {
       continue
      }
      break;
     };
     $4_1 = 0;
     if (($7_1 | 0) != 128) {
      break block
     }
     if (!($15_1 > $14_1)) {
      break block
     }
    }
    $5_1 = 0;
    $0_1 = $9_1;
    while (1) {
     $4_1 = ($9_1 + 1280 | 0) + $5_1 | 0;
     HEAP8[$0_1 | 0] = $8_1 < HEAPF32[$4_1 >> 2];
     HEAP8[$0_1 + 1 | 0] = $8_1 < HEAPF32[$4_1 + 4 >> 2];
     HEAP8[$0_1 + 2 | 0] = $8_1 < HEAPF32[$4_1 + 8 >> 2];
     HEAP8[$0_1 + 3 | 0] = $8_1 < HEAPF32[$4_1 + 12 >> 2];
     HEAP8[$0_1 + 4 | 0] = $8_1 < HEAPF32[$4_1 + 16 >> 2];
     HEAP8[$0_1 + 5 | 0] = $8_1 < HEAPF32[$4_1 + 20 >> 2];
     HEAP8[$0_1 + 6 | 0] = $8_1 < HEAPF32[$4_1 + 24 >> 2];
     HEAP8[$0_1 + 7 | 0] = $8_1 < HEAPF32[$4_1 + 28 >> 2];
     HEAP8[$0_1 + 8 | 0] = $8_1 < HEAPF32[$4_1 + 32 >> 2];
     HEAP8[$0_1 + 9 | 0] = $8_1 < HEAPF32[$4_1 + 36 >> 2];
     HEAP8[$0_1 + 10 | 0] = $8_1 < HEAPF32[$4_1 + 40 >> 2];
     HEAP8[$0_1 + 11 | 0] = $8_1 < HEAPF32[$4_1 + 44 >> 2];
     HEAP8[$0_1 + 12 | 0] = $8_1 < HEAPF32[$4_1 + 48 >> 2];
     HEAP8[$0_1 + 13 | 0] = $8_1 < HEAPF32[$4_1 + 52 >> 2];
     HEAP8[$0_1 + 14 | 0] = $8_1 < HEAPF32[$4_1 + 56 >> 2];
     HEAP8[$0_1 + 15 | 0] = $8_1 < HEAPF32[$4_1 + 60 >> 2];
     $0_1 = $0_1 + 16 | 0;
     $5_1 = $5_1 - -64 | 0;
     if (($5_1 | 0) != 1024) {
      continue
     }
     break;
    };
    $4_1 = $17_1 << 2;
    $10_1 = (HEAP32[$4_1 + 262800 >> 2] << 5) + $3_1 | 0;
    $0_1 = $10_1;
    HEAP32[$0_1 + 24 >> 2] = 0;
    HEAP32[$0_1 + 28 >> 2] = 0;
    HEAP32[$0_1 + 16 >> 2] = 0;
    HEAP32[$0_1 + 20 >> 2] = 0;
    HEAP32[$0_1 + 8 >> 2] = 0;
    HEAP32[$0_1 + 12 >> 2] = 0;
    HEAP32[$0_1 >> 2] = 0;
    HEAP32[$0_1 + 4 >> 2] = 0;
    $5_1 = 0;
    $6_1 = 0;
    while (1) {
     $11_1 = $5_1 + $9_1 | 0;
     $0_1 = 0;
     while (1) {
      $7_1 = ($10_1 - ($0_1 + $5_1 >>> 3 | 0) | 0) + 31 | 0;
      $12_1 = $7_1;
      $21_1 = HEAPU8[$7_1 | 0];
      $7_1 = $0_1 + $11_1 | 0;
      HEAP8[$12_1 | 0] = $21_1 | HEAPU8[$7_1 | 0] << ($0_1 & 6) | HEAPU8[$7_1 + 1 | 0] << ($0_1 + 1 & 7);
      $0_1 = $0_1 + 2 | 0;
      if (($0_1 | 0) != 16) {
       continue
      }
      break;
     };
     $5_1 = $5_1 + 16 | 0;
     $6_1 = $6_1 + 1 | 0;
     if (($6_1 | 0) != 16) {
      continue
     }
     break;
    };
    if (!$2_1) {
     global$0 = $18_1;
     return 1;
    }
    $5_1 = (HEAP32[$4_1 + 262816 >> 2] << 5) + $3_1 | 0;
    $0_1 = $5_1;
    HEAP32[$0_1 + 24 >> 2] = 0;
    HEAP32[$0_1 + 28 >> 2] = 0;
    HEAP32[$0_1 + 16 >> 2] = 0;
    HEAP32[$0_1 + 20 >> 2] = 0;
    HEAP32[$0_1 + 8 >> 2] = 0;
    HEAP32[$0_1 + 12 >> 2] = 0;
    HEAP32[$0_1 >> 2] = 0;
    HEAP32[$0_1 + 4 >> 2] = 0;
    $7_1 = 0;
    $6_1 = $9_1;
    $10_1 = 0;
    while (1) {
     $4_1 = $6_1;
     $0_1 = 0;
     while (1) {
      $11_1 = ($5_1 - ($0_1 + $7_1 >>> 3 | 0) | 0) + 31 | 0;
      HEAP8[$11_1 | 0] = HEAPU8[$11_1 | 0] | HEAPU8[$4_1 | 0] << ($0_1 & 6) | HEAPU8[$4_1 + 16 | 0] << ($0_1 + 1 & 7);
      $4_1 = $4_1 + 32 | 0;
      $0_1 = $0_1 + 2 | 0;
      if (($0_1 | 0) != 16) {
       continue
      }
      break;
     };
     $6_1 = $6_1 + 1 | 0;
     $7_1 = $7_1 + 16 | 0;
     $10_1 = $10_1 + 1 | 0;
     if (($10_1 | 0) != 16) {
      continue
     }
     break;
    };
    $4_1 = 1;
    $0_1 = $17_1 >>> 0 < 3;
    $17_1 = $17_1 + 1 | 0;
    if ($0_1) {
     continue
    }
    break;
   };
  }
  global$0 = $18_1;
  return $4_1;
 }
 
 function $45($0_1, $1_1, $2_1, $3_1, $4_1, $5_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  $3_1 = $3_1 | 0;
  $4_1 = $4_1 | 0;
  $5_1 = $5_1 | 0;
  var $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0, $16_1 = 0, $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0, $22 = 0, $23 = 0, $24_1 = 0, $25 = 0, $26 = 0, $27_1 = 0, $28_1 = 0, $29_1 = 0, $30_1 = 0, $31_1 = 0, $32 = 0, $33_1 = 0, $34_1 = 0, $35_1 = 0, $36 = 0, $37_1 = 0, $38_1 = 0, $39 = 0, $40_1 = 0, $41_1 = 0, $42_1 = 0, $43 = 0, $44 = 0, $45_1 = 0, $46_1 = 0, $47_1 = 0;
  $6_1 = global$0 + -64 | 0;
  if (($3_1 | 0) >= 32) {
   $47_1 = ($2_1 | 0) <= 0;
   $12_1 = $5_1;
   $9_1 = 32;
   while (1) {
    $10_1 = $9_1;
    block2 : {
     if ($47_1) {
      $15_1 = 0;
      $16_1 = 0;
      $17_1 = 0;
      $18_1 = 0;
      $19_1 = 0;
      $20 = 0;
      $21_1 = 0;
      $22 = 0;
      $23 = 0;
      $24_1 = 0;
      $25 = 0;
      $26 = 0;
      $27_1 = 0;
      $28_1 = 0;
      $29_1 = 0;
      $30_1 = 0;
      $31_1 = 0;
      $32 = 0;
      $33_1 = 0;
      $34_1 = 0;
      $35_1 = 0;
      $36 = 0;
      $37_1 = 0;
      $38_1 = 0;
      $39 = 0;
      $40_1 = 0;
      $41_1 = 0;
      $42_1 = 0;
      $43 = 0;
      $44 = 0;
      $45_1 = 0;
      $46_1 = 0;
      break block2;
     }
     $46_1 = 0;
     $13_1 = $0_1;
     $9_1 = $1_1;
     $14_1 = $2_1;
     $15_1 = 0;
     $16_1 = 0;
     $17_1 = 0;
     $18_1 = 0;
     $19_1 = 0;
     $20 = 0;
     $21_1 = 0;
     $22 = 0;
     $23 = 0;
     $24_1 = 0;
     $25 = 0;
     $26 = 0;
     $27_1 = 0;
     $28_1 = 0;
     $29_1 = 0;
     $30_1 = 0;
     $31_1 = 0;
     $32 = 0;
     $33_1 = 0;
     $34_1 = 0;
     $35_1 = 0;
     $36 = 0;
     $37_1 = 0;
     $38_1 = 0;
     $39 = 0;
     $40_1 = 0;
     $41_1 = 0;
     $42_1 = 0;
     $43 = 0;
     $44 = 0;
     $45_1 = 0;
     while (1) {
      $7_1 = HEAPU16[$9_1 >> 1];
      $8_1 = HEAP32[$13_1 >> 2] + $11_1 | 0;
      $19_1 = Math_imul($7_1, HEAPU8[$8_1 + 28 | 0]) + $19_1 | 0;
      $18_1 = Math_imul($7_1, HEAPU8[$8_1 + 27 | 0]) + $18_1 | 0;
      $17_1 = Math_imul($7_1, HEAPU8[$8_1 + 26 | 0]) + $17_1 | 0;
      $16_1 = Math_imul($7_1, HEAPU8[$8_1 + 25 | 0]) + $16_1 | 0;
      $15_1 = Math_imul($7_1, HEAPU8[$8_1 + 24 | 0]) + $15_1 | 0;
      $27_1 = Math_imul($7_1, HEAPU8[$8_1 + 20 | 0]) + $27_1 | 0;
      $26 = Math_imul($7_1, HEAPU8[$8_1 + 19 | 0]) + $26 | 0;
      $25 = Math_imul($7_1, HEAPU8[$8_1 + 18 | 0]) + $25 | 0;
      $24_1 = Math_imul($7_1, HEAPU8[$8_1 + 17 | 0]) + $24_1 | 0;
      $23 = Math_imul($7_1, HEAPU8[$8_1 + 16 | 0]) + $23 | 0;
      $35_1 = Math_imul($7_1, HEAPU8[$8_1 + 12 | 0]) + $35_1 | 0;
      $34_1 = Math_imul($7_1, HEAPU8[$8_1 + 11 | 0]) + $34_1 | 0;
      $33_1 = Math_imul($7_1, HEAPU8[$8_1 + 10 | 0]) + $33_1 | 0;
      $32 = Math_imul($7_1, HEAPU8[$8_1 + 9 | 0]) + $32 | 0;
      $31_1 = Math_imul($7_1, HEAPU8[$8_1 + 8 | 0]) + $31_1 | 0;
      $43 = Math_imul($7_1, HEAPU8[$8_1 + 4 | 0]) + $43 | 0;
      $42_1 = Math_imul($7_1, HEAPU8[$8_1 + 3 | 0]) + $42_1 | 0;
      $41_1 = Math_imul($7_1, HEAPU8[$8_1 + 2 | 0]) + $41_1 | 0;
      $40_1 = Math_imul($7_1, HEAPU8[$8_1 + 1 | 0]) + $40_1 | 0;
      $39 = Math_imul($7_1, HEAPU8[$8_1 | 0]) + $39 | 0;
      $20 = Math_imul($7_1, HEAPU8[$8_1 + 29 | 0]) + $20 | 0;
      $28_1 = Math_imul($7_1, HEAPU8[$8_1 + 21 | 0]) + $28_1 | 0;
      $36 = Math_imul($7_1, HEAPU8[$8_1 + 13 | 0]) + $36 | 0;
      $44 = Math_imul($7_1, HEAPU8[$8_1 + 5 | 0]) + $44 | 0;
      $21_1 = Math_imul($7_1, HEAPU8[$8_1 + 30 | 0]) + $21_1 | 0;
      $29_1 = Math_imul($7_1, HEAPU8[$8_1 + 22 | 0]) + $29_1 | 0;
      $37_1 = Math_imul($7_1, HEAPU8[$8_1 + 14 | 0]) + $37_1 | 0;
      $45_1 = Math_imul($7_1, HEAPU8[$8_1 + 6 | 0]) + $45_1 | 0;
      $22 = Math_imul($7_1, HEAPU8[$8_1 + 31 | 0]) + $22 | 0;
      $30_1 = Math_imul($7_1, HEAPU8[$8_1 + 23 | 0]) + $30_1 | 0;
      $38_1 = Math_imul($7_1, HEAPU8[$8_1 + 15 | 0]) + $38_1 | 0;
      $46_1 = Math_imul($7_1, HEAPU8[$8_1 + 7 | 0]) + $46_1 | 0;
      $13_1 = $13_1 + 4 | 0;
      $9_1 = $9_1 + 2 | 0;
      $14_1 = $14_1 - 1 | 0;
      if ($14_1) {
       continue
      }
      break;
     };
    }
    HEAP16[$6_1 + 48 >> 1] = $15_1;
    HEAP16[$6_1 + 32 >> 1] = $23;
    HEAP16[$6_1 + 16 >> 1] = $31_1;
    HEAP16[$6_1 >> 1] = $39;
    HEAP16[$6_1 + 50 >> 1] = $16_1;
    HEAP16[$6_1 + 34 >> 1] = $24_1;
    HEAP16[$6_1 + 18 >> 1] = $32;
    HEAP16[$6_1 + 2 >> 1] = $40_1;
    HEAP16[$6_1 + 52 >> 1] = $17_1;
    HEAP16[$6_1 + 36 >> 1] = $25;
    HEAP16[$6_1 + 20 >> 1] = $33_1;
    HEAP16[$6_1 + 4 >> 1] = $41_1;
    HEAP16[$6_1 + 54 >> 1] = $18_1;
    HEAP16[$6_1 + 38 >> 1] = $26;
    HEAP16[$6_1 + 22 >> 1] = $34_1;
    HEAP16[$6_1 + 6 >> 1] = $42_1;
    HEAP16[$6_1 + 56 >> 1] = $19_1;
    HEAP16[$6_1 + 40 >> 1] = $27_1;
    HEAP16[$6_1 + 24 >> 1] = $35_1;
    HEAP16[$6_1 + 8 >> 1] = $43;
    HEAP16[$6_1 + 58 >> 1] = $20;
    HEAP16[$6_1 + 42 >> 1] = $28_1;
    HEAP16[$6_1 + 26 >> 1] = $36;
    HEAP16[$6_1 + 10 >> 1] = $44;
    HEAP16[$6_1 + 60 >> 1] = $21_1;
    HEAP16[$6_1 + 44 >> 1] = $29_1;
    HEAP16[$6_1 + 28 >> 1] = $37_1;
    HEAP16[$6_1 + 12 >> 1] = $45_1;
    HEAP16[$6_1 + 62 >> 1] = $22;
    HEAP16[$6_1 + 46 >> 1] = $30_1;
    HEAP16[$6_1 + 30 >> 1] = $38_1;
    HEAP16[$6_1 + 14 >> 1] = $46_1;
    $11_1 = 0;
    $9_1 = $12_1;
    while (1) {
     $14_1 = $6_1 + $11_1 | 0;
     HEAP32[$9_1 >> 2] = HEAPU16[$14_1 >> 1] + ($4_1 ? 0 : HEAP32[$9_1 >> 2]);
     HEAP32[$9_1 + 4 >> 2] = HEAPU16[$14_1 + 2 >> 1] + ($4_1 ? 0 : HEAP32[$9_1 + 4 >> 2]);
     $9_1 = $9_1 + 8 | 0;
     $11_1 = $11_1 + 4 | 0;
     if (($11_1 | 0) != 64) {
      continue
     }
     break;
    };
    $12_1 = $12_1 + 128 | 0;
    $11_1 = $10_1;
    $9_1 = $10_1 + 32 | 0;
    if (($9_1 | 0) <= ($3_1 | 0)) {
     continue
    }
    break;
   };
  }
  if (($3_1 | 0) > ($10_1 | 0)) {
   $14_1 = $2_1 & 2147483646;
   $6_1 = $2_1 & 1;
   while (1) {
    $13_1 = $4_1 ? 0 : HEAP32[($10_1 << 2) + $5_1 >> 2];
    block7 : {
     if (($2_1 | 0) <= 0) {
      break block7
     }
     $12_1 = 0;
     if (($2_1 | 0) != 1) {
      $9_1 = $0_1;
      $11_1 = $1_1;
      while (1) {
       $13_1 = (Math_imul(HEAPU8[HEAP32[$9_1 >> 2] + $10_1 | 0], HEAPU16[$11_1 >> 1]) + $13_1 | 0) + Math_imul(HEAPU8[HEAP32[$9_1 + 4 >> 2] + $10_1 | 0], HEAPU16[$11_1 + 2 >> 1]) | 0;
       $9_1 = $9_1 + 8 | 0;
       $11_1 = $11_1 + 4 | 0;
       $12_1 = $12_1 + 2 | 0;
       if (($14_1 | 0) != ($12_1 | 0)) {
        continue
       }
       break;
      };
      if (!$6_1) {
       break block7
      }
     }
     $13_1 = Math_imul(HEAPU8[HEAP32[($12_1 << 2) + $0_1 >> 2] + $10_1 | 0], HEAPU16[($12_1 << 1) + $1_1 >> 1]) + $13_1 | 0;
    }
    HEAP32[($10_1 << 2) + $5_1 >> 2] = $13_1;
    $10_1 = $10_1 + 1 | 0;
    if (($10_1 | 0) != ($3_1 | 0)) {
     continue
    }
    break;
   };
  }
 }
 
 function $46($0_1, $1_1, $2_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  var $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0;
  block : {
   if (($1_1 | 0) <= 0) {
    break block
   }
   $3_1 = $1_1 & 3;
   if ($1_1 >>> 0 >= 4) {
    $7_1 = $1_1 & 2147483644;
    $1_1 = 0;
    while (1) {
     $4_1 = $1_1 + $2_1 | 0;
     $5_1 = $0_1 + $1_1 | 0;
     HEAPF32[$4_1 >> 2] = HEAP32[$5_1 >> 2];
     HEAPF32[$4_1 + 4 >> 2] = HEAP32[$5_1 + 4 >> 2];
     HEAPF32[$4_1 + 8 >> 2] = HEAP32[$5_1 + 8 >> 2];
     HEAPF32[$4_1 + 12 >> 2] = HEAP32[$5_1 + 12 >> 2];
     $1_1 = $1_1 + 16 | 0;
     $6_1 = $6_1 + 4 | 0;
     if (($7_1 | 0) != ($6_1 | 0)) {
      continue
     }
     break;
    };
    if (!$3_1) {
     break block
    }
   }
   $1_1 = $0_1;
   $0_1 = $6_1 << 2;
   $1_1 = $1_1 + $0_1 | 0;
   $0_1 = $0_1 + $2_1 | 0;
   while (1) {
    HEAPF32[$0_1 >> 2] = HEAP32[$1_1 >> 2];
    $1_1 = $1_1 + 4 | 0;
    $0_1 = $0_1 + 4 | 0;
    $3_1 = $3_1 - 1 | 0;
    if ($3_1) {
     continue
    }
    break;
   };
  }
 }
 
 function $47($0_1, $1_1, $2_1, $3_1, $4_1, $5_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  $3_1 = $3_1 | 0;
  $4_1 = Math_fround($4_1);
  $5_1 = $5_1 | 0;
  var $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = Math_fround(0), $15_1 = 0, $16_1 = Math_fround(0), $17_1 = Math_fround(0), $18_1 = Math_fround(0), $19_1 = Math_fround(0), $20 = Math_fround(0), $21_1 = Math_fround(0), $22 = Math_fround(0), $23 = Math_fround(0), $24_1 = 0, $25 = Math_fround(0), $26 = Math_fround(0), $27_1 = Math_fround(0), $28_1 = Math_fround(0), $29_1 = Math_fround(0), $30_1 = Math_fround(0), $31_1 = Math_fround(0), $32 = Math_fround(0), $33_1 = 0, $34_1 = 0, $35_1 = 0, $36 = 0, $37_1 = 0, $38_1 = 0, $39 = 0, $40_1 = 0, $41_1 = 0, $42_1 = 0, $43 = Math_fround(0), $44 = Math_fround(0), $45_1 = Math_fround(0), $46_1 = Math_fround(0), $47_1 = Math_fround(0), $48_1 = Math_fround(0), $49_1 = Math_fround(0), $50_1 = Math_fround(0), $51_1 = Math_fround(0), $52_1 = Math_fround(0), $53_1 = Math_fround(0), $54_1 = Math_fround(0), $55 = Math_fround(0), $56 = Math_fround(0), $57 = Math_fround(0), $58 = Math_fround(0), $59 = Math_fround(0), $60 = Math_fround(0), $61 = Math_fround(0), $62 = Math_fround(0), $63 = Math_fround(0), $64 = Math_fround(0), $65 = Math_fround(0), $66 = Math_fround(0), $67 = Math_fround(0), $68 = Math_fround(0), $69 = Math_fround(0), $70 = Math_fround(0), $71 = Math_fround(0), $72 = Math_fround(0), $73 = Math_fround(0), $74 = Math_fround(0), $75 = Math_fround(0), $76 = Math_fround(0), $77 = Math_fround(0), $78 = Math_fround(0), $79 = Math_fround(0), $80 = Math_fround(0), $81 = Math_fround(0);
  $6_1 = global$0;
  $36 = $6_1;
  $9_1 = $6_1 - 512 & -32;
  global$0 = $9_1;
  $37_1 = $3_1 << 2;
  $38_1 = $3_1 << 5;
  $39 = $3_1 & -16;
  $40_1 = $9_1 + 384 | 0;
  $41_1 = $9_1 + 128 | 0;
  $42_1 = ($3_1 | 0) < 16;
  $34_1 = $2_1;
  while (1) {
   $11_1 = $34_1;
   $15_1 = 0;
   while (1) {
    $10_1 = $15_1 | $33_1;
    $13_1 = (HEAP32[($10_1 << 2) + $1_1 >> 2] << 2) + $0_1 | 0;
    block1 : {
     if ($42_1) {
      $16_1 = Math_fround(0.0);
      $17_1 = Math_fround(0.0);
      $18_1 = Math_fround(0.0);
      $19_1 = Math_fround(0.0);
      $20 = Math_fround(0.0);
      $21_1 = Math_fround(0.0);
      $22 = Math_fround(0.0);
      $23 = Math_fround(0.0);
      $25 = Math_fround(0.0);
      $26 = Math_fround(0.0);
      $27_1 = Math_fround(0.0);
      $28_1 = Math_fround(0.0);
      $29_1 = Math_fround(0.0);
      $30_1 = Math_fround(0.0);
      $31_1 = Math_fround(0.0);
      $32 = Math_fround(0.0);
      $7_1 = 0;
      break block1;
     }
     $25 = Math_fround(0.0);
     $12_1 = 16;
     $7_1 = $11_1;
     $6_1 = $13_1;
     $26 = Math_fround(0.0);
     $27_1 = Math_fround(0.0);
     $28_1 = Math_fround(0.0);
     $29_1 = Math_fround(0.0);
     $30_1 = Math_fround(0.0);
     $31_1 = Math_fround(0.0);
     $32 = Math_fround(0.0);
     $16_1 = Math_fround(0.0);
     $17_1 = Math_fround(0.0);
     $18_1 = Math_fround(0.0);
     $19_1 = Math_fround(0.0);
     $20 = Math_fround(0.0);
     $21_1 = Math_fround(0.0);
     $22 = Math_fround(0.0);
     $23 = Math_fround(0.0);
     while (1) {
      $8_1 = $6_1 + 44 | 0;
      $14_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32());
      $8_1 = $7_1 + 44 | 0;
      $28_1 = Math_fround($28_1 + Math_fround($14_1 * (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32())));
      $8_1 = $6_1 + 40 | 0;
      $14_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32());
      $8_1 = $7_1 + 40 | 0;
      $27_1 = Math_fround($27_1 + Math_fround($14_1 * (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32())));
      $8_1 = $6_1 + 36 | 0;
      $14_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32());
      $8_1 = $7_1 + 36 | 0;
      $26 = Math_fround($26 + Math_fround($14_1 * (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32())));
      $8_1 = $6_1 + 32 | 0;
      $14_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32());
      $8_1 = $7_1 + 32 | 0;
      $25 = Math_fround($25 + Math_fround($14_1 * (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32())));
      $8_1 = $6_1 + 48 | 0;
      $14_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32());
      $8_1 = $7_1 + 48 | 0;
      $29_1 = Math_fround($29_1 + Math_fround($14_1 * (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32())));
      $8_1 = $6_1 + 52 | 0;
      $14_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32());
      $8_1 = $7_1 + 52 | 0;
      $30_1 = Math_fround($30_1 + Math_fround($14_1 * (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32())));
      $8_1 = $6_1 + 56 | 0;
      $14_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32());
      $8_1 = $7_1 + 56 | 0;
      $31_1 = Math_fround($31_1 + Math_fround($14_1 * (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32())));
      $8_1 = $6_1 + 60 | 0;
      $14_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32());
      $8_1 = $7_1 + 60 | 0;
      $32 = Math_fround($32 + Math_fround($14_1 * (wasm2js_scratch_store_i32(2, HEAPU8[$8_1 | 0] | HEAPU8[$8_1 + 1 | 0] << 8 | (HEAPU8[$8_1 + 2 | 0] << 16 | HEAPU8[$8_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32())));
      $18_1 = Math_fround($18_1 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 8 | 0] | HEAPU8[$6_1 + 9 | 0] << 8 | (HEAPU8[$6_1 + 10 | 0] << 16 | HEAPU8[$6_1 + 11 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 8 | 0] | HEAPU8[$7_1 + 9 | 0] << 8 | (HEAPU8[$7_1 + 10 | 0] << 16 | HEAPU8[$7_1 + 11 | 0] << 24)), wasm2js_scratch_load_f32())));
      $17_1 = Math_fround($17_1 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 4 | 0] | HEAPU8[$6_1 + 5 | 0] << 8 | (HEAPU8[$6_1 + 6 | 0] << 16 | HEAPU8[$6_1 + 7 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 4 | 0] | HEAPU8[$7_1 + 5 | 0] << 8 | (HEAPU8[$7_1 + 6 | 0] << 16 | HEAPU8[$7_1 + 7 | 0] << 24)), wasm2js_scratch_load_f32())));
      $16_1 = Math_fround($16_1 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$6_1 | 0] | HEAPU8[$6_1 + 1 | 0] << 8 | (HEAPU8[$6_1 + 2 | 0] << 16 | HEAPU8[$6_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$7_1 | 0] | HEAPU8[$7_1 + 1 | 0] << 8 | (HEAPU8[$7_1 + 2 | 0] << 16 | HEAPU8[$7_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32())));
      $19_1 = Math_fround($19_1 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 12 | 0] | HEAPU8[$6_1 + 13 | 0] << 8 | (HEAPU8[$6_1 + 14 | 0] << 16 | HEAPU8[$6_1 + 15 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 12 | 0] | HEAPU8[$7_1 + 13 | 0] << 8 | (HEAPU8[$7_1 + 14 | 0] << 16 | HEAPU8[$7_1 + 15 | 0] << 24)), wasm2js_scratch_load_f32())));
      $20 = Math_fround($20 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 16 | 0] | HEAPU8[$6_1 + 17 | 0] << 8 | (HEAPU8[$6_1 + 18 | 0] << 16 | HEAPU8[$6_1 + 19 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 16 | 0] | HEAPU8[$7_1 + 17 | 0] << 8 | (HEAPU8[$7_1 + 18 | 0] << 16 | HEAPU8[$7_1 + 19 | 0] << 24)), wasm2js_scratch_load_f32())));
      $21_1 = Math_fround($21_1 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 20 | 0] | HEAPU8[$6_1 + 21 | 0] << 8 | (HEAPU8[$6_1 + 22 | 0] << 16 | HEAPU8[$6_1 + 23 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 20 | 0] | HEAPU8[$7_1 + 21 | 0] << 8 | (HEAPU8[$7_1 + 22 | 0] << 16 | HEAPU8[$7_1 + 23 | 0] << 24)), wasm2js_scratch_load_f32())));
      $22 = Math_fround($22 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 24 | 0] | HEAPU8[$6_1 + 25 | 0] << 8 | (HEAPU8[$6_1 + 26 | 0] << 16 | HEAPU8[$6_1 + 27 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 24 | 0] | HEAPU8[$7_1 + 25 | 0] << 8 | (HEAPU8[$7_1 + 26 | 0] << 16 | HEAPU8[$7_1 + 27 | 0] << 24)), wasm2js_scratch_load_f32())));
      $23 = Math_fround($23 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 28 | 0] | HEAPU8[$6_1 + 29 | 0] << 8 | (HEAPU8[$6_1 + 30 | 0] << 16 | HEAPU8[$6_1 + 31 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 28 | 0] | HEAPU8[$7_1 + 29 | 0] << 8 | (HEAPU8[$7_1 + 30 | 0] << 16 | HEAPU8[$7_1 + 31 | 0] << 24)), wasm2js_scratch_load_f32())));
      $7_1 = $7_1 - -64 | 0;
      $6_1 = $6_1 - -64 | 0;
      $12_1 = $12_1 + 16 | 0;
      if (($12_1 | 0) <= ($3_1 | 0)) {
       continue
      }
      break;
     };
     $7_1 = $39;
    }
    if (($3_1 | 0) > ($7_1 | 0)) {
     $6_1 = $7_1 << 2;
     $7_1 = $6_1 + $13_1 | 0;
     $6_1 = $6_1 + ((Math_imul($3_1, $10_1) << 2) + $2_1 | 0) | 0;
     $20 = Math_fround($20 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 16 | 0] | HEAPU8[$7_1 + 17 | 0] << 8 | (HEAPU8[$7_1 + 18 | 0] << 16 | HEAPU8[$7_1 + 19 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 16 | 0] | HEAPU8[$6_1 + 17 | 0] << 8 | (HEAPU8[$6_1 + 18 | 0] << 16 | HEAPU8[$6_1 + 19 | 0] << 24)), wasm2js_scratch_load_f32())));
     $19_1 = Math_fround($19_1 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 12 | 0] | HEAPU8[$7_1 + 13 | 0] << 8 | (HEAPU8[$7_1 + 14 | 0] << 16 | HEAPU8[$7_1 + 15 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 12 | 0] | HEAPU8[$6_1 + 13 | 0] << 8 | (HEAPU8[$6_1 + 14 | 0] << 16 | HEAPU8[$6_1 + 15 | 0] << 24)), wasm2js_scratch_load_f32())));
     $18_1 = Math_fround($18_1 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 8 | 0] | HEAPU8[$7_1 + 9 | 0] << 8 | (HEAPU8[$7_1 + 10 | 0] << 16 | HEAPU8[$7_1 + 11 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 8 | 0] | HEAPU8[$6_1 + 9 | 0] << 8 | (HEAPU8[$6_1 + 10 | 0] << 16 | HEAPU8[$6_1 + 11 | 0] << 24)), wasm2js_scratch_load_f32())));
     $17_1 = Math_fround($17_1 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 4 | 0] | HEAPU8[$7_1 + 5 | 0] << 8 | (HEAPU8[$7_1 + 6 | 0] << 16 | HEAPU8[$7_1 + 7 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 4 | 0] | HEAPU8[$6_1 + 5 | 0] << 8 | (HEAPU8[$6_1 + 6 | 0] << 16 | HEAPU8[$6_1 + 7 | 0] << 24)), wasm2js_scratch_load_f32())));
     $16_1 = Math_fround($16_1 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$7_1 | 0] | HEAPU8[$7_1 + 1 | 0] << 8 | (HEAPU8[$7_1 + 2 | 0] << 16 | HEAPU8[$7_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$6_1 | 0] | HEAPU8[$6_1 + 1 | 0] << 8 | (HEAPU8[$6_1 + 2 | 0] << 16 | HEAPU8[$6_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32())));
     $21_1 = Math_fround($21_1 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 20 | 0] | HEAPU8[$7_1 + 21 | 0] << 8 | (HEAPU8[$7_1 + 22 | 0] << 16 | HEAPU8[$7_1 + 23 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 20 | 0] | HEAPU8[$6_1 + 21 | 0] << 8 | (HEAPU8[$6_1 + 22 | 0] << 16 | HEAPU8[$6_1 + 23 | 0] << 24)), wasm2js_scratch_load_f32())));
     $22 = Math_fround($22 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 24 | 0] | HEAPU8[$7_1 + 25 | 0] << 8 | (HEAPU8[$7_1 + 26 | 0] << 16 | HEAPU8[$7_1 + 27 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 24 | 0] | HEAPU8[$6_1 + 25 | 0] << 8 | (HEAPU8[$6_1 + 26 | 0] << 16 | HEAPU8[$6_1 + 27 | 0] << 24)), wasm2js_scratch_load_f32())));
     $23 = Math_fround($23 + Math_fround((wasm2js_scratch_store_i32(2, HEAPU8[$7_1 + 28 | 0] | HEAPU8[$7_1 + 29 | 0] << 8 | (HEAPU8[$7_1 + 30 | 0] << 16 | HEAPU8[$7_1 + 31 | 0] << 24)), wasm2js_scratch_load_f32()) * (wasm2js_scratch_store_i32(2, HEAPU8[$6_1 + 28 | 0] | HEAPU8[$6_1 + 29 | 0] << 8 | (HEAPU8[$6_1 + 30 | 0] << 16 | HEAPU8[$6_1 + 31 | 0] << 24)), wasm2js_scratch_load_f32())));
    }
    $6_1 = ($15_1 << 5) + $9_1 | 0;
    HEAPF32[$6_1 + 4 >> 2] = $26 + $17_1;
    HEAPF32[$6_1 >> 2] = $25 + $16_1;
    HEAPF32[$6_1 + 8 >> 2] = $27_1 + $18_1;
    HEAPF32[$6_1 + 12 >> 2] = $28_1 + $19_1;
    HEAPF32[$6_1 + 16 >> 2] = $29_1 + $20;
    HEAPF32[$6_1 + 20 >> 2] = $30_1 + $21_1;
    HEAPF32[$6_1 + 24 >> 2] = $31_1 + $22;
    HEAPF32[$6_1 + 28 >> 2] = $32 + $23;
    $11_1 = $11_1 + $37_1 | 0;
    $15_1 = $15_1 + 1 | 0;
    if (($15_1 | 0) != 8) {
     continue
    }
    break;
   };
   $15_1 = -2;
   $12_1 = 0;
   while (1) {
    $11_1 = $9_1 + 256 | 0;
    $7_1 = $11_1 + $12_1 | 0;
    $6_1 = $9_1 + $12_1 | 0;
    HEAPF32[$7_1 + 56 >> 2] = HEAPF32[$6_1 + 28 >> 2];
    HEAPF32[$7_1 + 48 >> 2] = HEAPF32[$6_1 + 20 >> 2];
    HEAPF32[$7_1 + 40 >> 2] = HEAPF32[$6_1 + 12 >> 2];
    HEAPF32[$7_1 + 32 >> 2] = HEAPF32[$6_1 + 4 >> 2];
    HEAPF32[$7_1 + 24 >> 2] = HEAPF32[$6_1 + 24 >> 2];
    HEAPF32[$7_1 + 16 >> 2] = HEAPF32[$6_1 + 16 >> 2];
    HEAPF32[$7_1 + 8 >> 2] = HEAPF32[$6_1 + 8 >> 2];
    HEAPF32[$7_1 >> 2] = HEAPF32[$6_1 >> 2];
    HEAPF32[$7_1 + 60 >> 2] = HEAPF32[$6_1 + 60 >> 2];
    HEAPF32[$7_1 + 52 >> 2] = HEAPF32[$6_1 + 52 >> 2];
    HEAPF32[$7_1 + 44 >> 2] = HEAPF32[$6_1 + 44 >> 2];
    HEAPF32[$7_1 + 36 >> 2] = HEAPF32[$6_1 + 36 >> 2];
    HEAPF32[$7_1 + 28 >> 2] = HEAPF32[$6_1 + 56 >> 2];
    HEAPF32[$7_1 + 20 >> 2] = HEAPF32[$6_1 + 48 >> 2];
    HEAPF32[$7_1 + 12 >> 2] = HEAPF32[$6_1 + 40 >> 2];
    HEAPF32[$7_1 + 4 >> 2] = HEAPF32[$6_1 + 32 >> 2];
    $12_1 = $12_1 - -64 | 0;
    $15_1 = $15_1 + 2 | 0;
    if ($15_1 >>> 0 < 6) {
     continue
    }
    break;
   };
   $12_1 = 0;
   $7_1 = $11_1;
   $6_1 = $9_1;
   $13_1 = 1;
   while (1) {
    $11_1 = HEAP32[$7_1 + 20 >> 2];
    HEAP32[$6_1 + 16 >> 2] = HEAP32[$7_1 + 16 >> 2];
    HEAP32[$6_1 + 20 >> 2] = $11_1;
    $11_1 = HEAP32[$7_1 + 4 >> 2];
    HEAP32[$6_1 >> 2] = HEAP32[$7_1 >> 2];
    HEAP32[$6_1 + 4 >> 2] = $11_1;
    $35_1 = $9_1 + 256 | 0;
    $15_1 = $12_1 << 5;
    $8_1 = $15_1 | 64;
    $11_1 = $35_1 + $8_1 | 0;
    $10_1 = HEAP32[$11_1 + 20 >> 2];
    HEAP32[$6_1 + 24 >> 2] = HEAP32[$11_1 + 16 >> 2];
    HEAP32[$6_1 + 28 >> 2] = $10_1;
    $10_1 = HEAP32[$11_1 + 4 >> 2];
    HEAP32[$6_1 + 8 >> 2] = HEAP32[$11_1 >> 2];
    HEAP32[$6_1 + 12 >> 2] = $10_1;
    $6_1 = HEAP32[$7_1 + 28 >> 2];
    $24_1 = $9_1 + $8_1 | 0;
    HEAP32[$24_1 + 16 >> 2] = HEAP32[$7_1 + 24 >> 2];
    HEAP32[$24_1 + 20 >> 2] = $6_1;
    $6_1 = HEAP32[$7_1 + 12 >> 2];
    HEAP32[$24_1 >> 2] = HEAP32[$7_1 + 8 >> 2];
    HEAP32[$24_1 + 4 >> 2] = $6_1;
    $6_1 = $15_1 | 32;
    $12_1 = $6_1 + $9_1 | 0;
    $8_1 = $6_1 + $35_1 | 0;
    $6_1 = HEAP32[$8_1 + 20 >> 2];
    HEAP32[$12_1 + 16 >> 2] = HEAP32[$8_1 + 16 >> 2];
    HEAP32[$12_1 + 20 >> 2] = $6_1;
    $6_1 = HEAP32[$8_1 + 4 >> 2];
    HEAP32[$12_1 >> 2] = HEAP32[$8_1 >> 2];
    HEAP32[$12_1 + 4 >> 2] = $6_1;
    $6_1 = HEAP32[$8_1 + 28 >> 2];
    $10_1 = $15_1 | 96;
    $7_1 = $10_1 + $9_1 | 0;
    HEAP32[$7_1 + 16 >> 2] = HEAP32[$8_1 + 24 >> 2];
    HEAP32[$7_1 + 20 >> 2] = $6_1;
    $6_1 = HEAP32[$8_1 + 12 >> 2];
    HEAP32[$7_1 >> 2] = HEAP32[$8_1 + 8 >> 2];
    HEAP32[$7_1 + 4 >> 2] = $6_1;
    $10_1 = $10_1 + $35_1 | 0;
    $6_1 = HEAP32[$10_1 + 20 >> 2];
    HEAP32[$12_1 + 24 >> 2] = HEAP32[$10_1 + 16 >> 2];
    HEAP32[$12_1 + 28 >> 2] = $6_1;
    $6_1 = HEAP32[$10_1 + 4 >> 2];
    HEAP32[$12_1 + 8 >> 2] = HEAP32[$10_1 >> 2];
    HEAP32[$12_1 + 12 >> 2] = $6_1;
    $6_1 = HEAP32[$10_1 + 28 >> 2];
    HEAP32[$7_1 + 24 >> 2] = HEAP32[$10_1 + 24 >> 2];
    HEAP32[$7_1 + 28 >> 2] = $6_1;
    $6_1 = HEAP32[$10_1 + 12 >> 2];
    HEAP32[$7_1 + 8 >> 2] = HEAP32[$10_1 + 8 >> 2];
    HEAP32[$7_1 + 12 >> 2] = $6_1;
    $6_1 = HEAP32[$11_1 + 28 >> 2];
    HEAP32[$24_1 + 24 >> 2] = HEAP32[$11_1 + 24 >> 2];
    HEAP32[$24_1 + 28 >> 2] = $6_1;
    $6_1 = HEAP32[$11_1 + 12 >> 2];
    HEAP32[$24_1 + 8 >> 2] = HEAP32[$11_1 + 8 >> 2];
    HEAP32[$24_1 + 12 >> 2] = $6_1;
    $11_1 = $13_1;
    $12_1 = 4;
    $13_1 = 0;
    $6_1 = $41_1;
    $7_1 = $40_1;
    if ($11_1) {
     continue
    }
    break;
   };
   $12_1 = 0;
   while (1) {
    $13_1 = $9_1 + $12_1 | 0;
    $6_1 = HEAP32[$13_1 + 28 >> 2];
    $10_1 = ($9_1 + 256 | 0) + $12_1 | 0;
    $7_1 = $10_1 + 136 | 0;
    HEAP32[$7_1 >> 2] = HEAP32[$13_1 + 24 >> 2];
    HEAP32[$7_1 + 4 >> 2] = $6_1;
    $6_1 = HEAP32[$13_1 + 20 >> 2];
    $7_1 = $10_1 + 128 | 0;
    HEAP32[$7_1 >> 2] = HEAP32[$13_1 + 16 >> 2];
    HEAP32[$7_1 + 4 >> 2] = $6_1;
    $6_1 = HEAP32[$13_1 + 12 >> 2];
    HEAP32[$10_1 + 8 >> 2] = HEAP32[$13_1 + 8 >> 2];
    HEAP32[$10_1 + 12 >> 2] = $6_1;
    $6_1 = HEAP32[$13_1 + 4 >> 2];
    HEAP32[$10_1 >> 2] = HEAP32[$13_1 >> 2];
    HEAP32[$10_1 + 4 >> 2] = $6_1;
    $7_1 = $13_1 + 152 | 0;
    $6_1 = HEAP32[$7_1 + 4 >> 2];
    $11_1 = $10_1 + 152 | 0;
    HEAP32[$11_1 >> 2] = HEAP32[$7_1 >> 2];
    HEAP32[$11_1 + 4 >> 2] = $6_1;
    $7_1 = $13_1 + 144 | 0;
    $6_1 = HEAP32[$7_1 + 4 >> 2];
    $11_1 = $10_1 + 144 | 0;
    HEAP32[$11_1 >> 2] = HEAP32[$7_1 >> 2];
    HEAP32[$11_1 + 4 >> 2] = $6_1;
    $7_1 = $13_1 + 136 | 0;
    $6_1 = HEAP32[$7_1 + 4 >> 2];
    HEAP32[$10_1 + 24 >> 2] = HEAP32[$7_1 >> 2];
    HEAP32[$10_1 + 28 >> 2] = $6_1;
    $7_1 = $13_1 + 128 | 0;
    $6_1 = HEAP32[$7_1 + 4 >> 2];
    HEAP32[$10_1 + 16 >> 2] = HEAP32[$7_1 >> 2];
    HEAP32[$10_1 + 20 >> 2] = $6_1;
    $12_1 = $12_1 + 32 | 0;
    if (($12_1 | 0) != 128) {
     continue
    }
    break;
   };
   $14_1 = HEAPF32[$9_1 + 412 >> 2];
   $43 = HEAPF32[$9_1 + 284 >> 2];
   $44 = HEAPF32[$9_1 + 476 >> 2];
   $45_1 = HEAPF32[$9_1 + 348 >> 2];
   $46_1 = HEAPF32[$9_1 + 444 >> 2];
   $47_1 = HEAPF32[$9_1 + 316 >> 2];
   $48_1 = HEAPF32[$9_1 + 508 >> 2];
   $49_1 = HEAPF32[$9_1 + 380 >> 2];
   $50_1 = HEAPF32[$9_1 + 408 >> 2];
   $51_1 = HEAPF32[$9_1 + 280 >> 2];
   $52_1 = HEAPF32[$9_1 + 472 >> 2];
   $53_1 = HEAPF32[$9_1 + 344 >> 2];
   $54_1 = HEAPF32[$9_1 + 440 >> 2];
   $55 = HEAPF32[$9_1 + 312 >> 2];
   $56 = HEAPF32[$9_1 + 504 >> 2];
   $57 = HEAPF32[$9_1 + 376 >> 2];
   $58 = HEAPF32[$9_1 + 404 >> 2];
   $59 = HEAPF32[$9_1 + 276 >> 2];
   $60 = HEAPF32[$9_1 + 468 >> 2];
   $61 = HEAPF32[$9_1 + 340 >> 2];
   $62 = HEAPF32[$9_1 + 436 >> 2];
   $63 = HEAPF32[$9_1 + 308 >> 2];
   $64 = HEAPF32[$9_1 + 500 >> 2];
   $65 = HEAPF32[$9_1 + 372 >> 2];
   $66 = HEAPF32[$9_1 + 400 >> 2];
   $67 = HEAPF32[$9_1 + 272 >> 2];
   $68 = HEAPF32[$9_1 + 464 >> 2];
   $69 = HEAPF32[$9_1 + 336 >> 2];
   $70 = HEAPF32[$9_1 + 432 >> 2];
   $71 = HEAPF32[$9_1 + 304 >> 2];
   $72 = HEAPF32[$9_1 + 496 >> 2];
   $73 = HEAPF32[$9_1 + 368 >> 2];
   $74 = HEAPF32[$9_1 + 384 >> 2];
   $75 = HEAPF32[$9_1 + 256 >> 2];
   $76 = HEAPF32[$9_1 + 448 >> 2];
   $77 = HEAPF32[$9_1 + 320 >> 2];
   $78 = HEAPF32[$9_1 + 416 >> 2];
   $79 = HEAPF32[$9_1 + 288 >> 2];
   $80 = HEAPF32[$9_1 + 480 >> 2];
   $81 = HEAPF32[$9_1 + 352 >> 2];
   $16_1 = HEAPF32[$9_1 + 388 >> 2];
   $17_1 = HEAPF32[$9_1 + 260 >> 2];
   $18_1 = HEAPF32[$9_1 + 452 >> 2];
   $19_1 = HEAPF32[$9_1 + 324 >> 2];
   $20 = HEAPF32[$9_1 + 420 >> 2];
   $21_1 = HEAPF32[$9_1 + 292 >> 2];
   $22 = HEAPF32[$9_1 + 484 >> 2];
   $23 = HEAPF32[$9_1 + 356 >> 2];
   $25 = HEAPF32[$9_1 + 392 >> 2];
   $26 = HEAPF32[$9_1 + 264 >> 2];
   $27_1 = HEAPF32[$9_1 + 456 >> 2];
   $28_1 = HEAPF32[$9_1 + 328 >> 2];
   $29_1 = HEAPF32[$9_1 + 424 >> 2];
   $30_1 = HEAPF32[$9_1 + 296 >> 2];
   $31_1 = HEAPF32[$9_1 + 488 >> 2];
   $32 = HEAPF32[$9_1 + 360 >> 2];
   $7_1 = ($33_1 << 2) + $5_1 | 0;
   $6_1 = (wasm2js_scratch_store_f32(Math_fround($4_1 * Math_fround(Math_fround(Math_fround(HEAPF32[$9_1 + 268 >> 2] + HEAPF32[$9_1 + 396 >> 2]) + Math_fround(HEAPF32[$9_1 + 332 >> 2] + HEAPF32[$9_1 + 460 >> 2])) + Math_fround(Math_fround(HEAPF32[$9_1 + 300 >> 2] + HEAPF32[$9_1 + 428 >> 2]) + Math_fround(HEAPF32[$9_1 + 364 >> 2] + HEAPF32[$9_1 + 492 >> 2]))))), wasm2js_scratch_load_i32(2));
   HEAP8[$7_1 + 12 | 0] = $6_1;
   HEAP8[$7_1 + 13 | 0] = $6_1 >>> 8;
   HEAP8[$7_1 + 14 | 0] = $6_1 >>> 16;
   HEAP8[$7_1 + 15 | 0] = $6_1 >>> 24;
   $6_1 = (wasm2js_scratch_store_f32(Math_fround($4_1 * Math_fround(Math_fround(Math_fround($26 + $25) + Math_fround($28_1 + $27_1)) + Math_fround(Math_fround($30_1 + $29_1) + Math_fround($32 + $31_1))))), wasm2js_scratch_load_i32(2));
   HEAP8[$7_1 + 8 | 0] = $6_1;
   HEAP8[$7_1 + 9 | 0] = $6_1 >>> 8;
   HEAP8[$7_1 + 10 | 0] = $6_1 >>> 16;
   HEAP8[$7_1 + 11 | 0] = $6_1 >>> 24;
   $6_1 = (wasm2js_scratch_store_f32(Math_fround($4_1 * Math_fround(Math_fround(Math_fround($17_1 + $16_1) + Math_fround($19_1 + $18_1)) + Math_fround(Math_fround($21_1 + $20) + Math_fround($23 + $22))))), wasm2js_scratch_load_i32(2));
   HEAP8[$7_1 + 4 | 0] = $6_1;
   HEAP8[$7_1 + 5 | 0] = $6_1 >>> 8;
   HEAP8[$7_1 + 6 | 0] = $6_1 >>> 16;
   HEAP8[$7_1 + 7 | 0] = $6_1 >>> 24;
   $6_1 = (wasm2js_scratch_store_f32(Math_fround($4_1 * Math_fround(Math_fround(Math_fround($75 + $74) + Math_fround($77 + $76)) + Math_fround(Math_fround($79 + $78) + Math_fround($81 + $80))))), wasm2js_scratch_load_i32(2));
   HEAP8[$7_1 | 0] = $6_1;
   HEAP8[$7_1 + 1 | 0] = $6_1 >>> 8;
   HEAP8[$7_1 + 2 | 0] = $6_1 >>> 16;
   HEAP8[$7_1 + 3 | 0] = $6_1 >>> 24;
   $6_1 = (wasm2js_scratch_store_f32(Math_fround($4_1 * Math_fround(Math_fround(Math_fround($67 + $66) + Math_fround($69 + $68)) + Math_fround(Math_fround($71 + $70) + Math_fround($73 + $72))))), wasm2js_scratch_load_i32(2));
   HEAP8[$7_1 + 16 | 0] = $6_1;
   HEAP8[$7_1 + 17 | 0] = $6_1 >>> 8;
   HEAP8[$7_1 + 18 | 0] = $6_1 >>> 16;
   HEAP8[$7_1 + 19 | 0] = $6_1 >>> 24;
   $6_1 = (wasm2js_scratch_store_f32(Math_fround($4_1 * Math_fround(Math_fround(Math_fround($59 + $58) + Math_fround($61 + $60)) + Math_fround(Math_fround($63 + $62) + Math_fround($65 + $64))))), wasm2js_scratch_load_i32(2));
   HEAP8[$7_1 + 20 | 0] = $6_1;
   HEAP8[$7_1 + 21 | 0] = $6_1 >>> 8;
   HEAP8[$7_1 + 22 | 0] = $6_1 >>> 16;
   HEAP8[$7_1 + 23 | 0] = $6_1 >>> 24;
   $6_1 = (wasm2js_scratch_store_f32(Math_fround($4_1 * Math_fround(Math_fround(Math_fround($51_1 + $50_1) + Math_fround($53_1 + $52_1)) + Math_fround(Math_fround($55 + $54_1) + Math_fround($57 + $56))))), wasm2js_scratch_load_i32(2));
   HEAP8[$7_1 + 24 | 0] = $6_1;
   HEAP8[$7_1 + 25 | 0] = $6_1 >>> 8;
   HEAP8[$7_1 + 26 | 0] = $6_1 >>> 16;
   HEAP8[$7_1 + 27 | 0] = $6_1 >>> 24;
   $6_1 = (wasm2js_scratch_store_f32(Math_fround($4_1 * Math_fround(Math_fround(Math_fround($43 + $14_1) + Math_fround($45_1 + $44)) + Math_fround(Math_fround($47_1 + $46_1) + Math_fround($49_1 + $48_1))))), wasm2js_scratch_load_i32(2));
   HEAP8[$7_1 + 28 | 0] = $6_1;
   HEAP8[$7_1 + 29 | 0] = $6_1 >>> 8;
   HEAP8[$7_1 + 30 | 0] = $6_1 >>> 16;
   HEAP8[$7_1 + 31 | 0] = $6_1 >>> 24;
   $34_1 = $34_1 + $38_1 | 0;
   $6_1 = $33_1 >>> 0 < 56;
   $33_1 = $33_1 + 8 | 0;
   if ($6_1) {
    continue
   }
   break;
  };
  global$0 = $36;
 }
 
 function $48($0_1, $1_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  var $2_1 = 0, $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = Math_fround(0), $7_1 = 0, $8_1 = 0, $9_1 = Math_fround(0), $10_1 = 0, $11_1 = Math_fround(0), $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = Math_fround(0), $16_1 = Math_fround(0), $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0, $22 = Math_fround(0), $23 = Math_fround(0), $24_1 = Math_fround(0), $25 = Math_fround(0), $26 = Math_fround(0), $27_1 = Math_fround(0), $28_1 = Math_fround(0), $29_1 = Math_fround(0), $30_1 = Math_fround(0), $31_1 = Math_fround(0), $32 = Math_fround(0), $33_1 = Math_fround(0);
  $3_1 = global$0;
  $18_1 = $3_1;
  $7_1 = $3_1 - 4352 & -32;
  global$0 = $7_1;
  while (1) {
   $3_1 = $12_1 << 8;
   $19_1 = $3_1 + 263136 | 0;
   $20 = $3_1 + 262880 | 0;
   $21_1 = $3_1 + ($7_1 + 256 | 0) | 0;
   $14_1 = 1;
   $2_1 = 0;
   while (1) {
    $3_1 = 0;
    $4_1 = $17($7_1, 256);
    $17_1 = $2_1 << 2;
    $13_1 = $17_1 + $0_1 | 0;
    while (1) {
     $2_1 = $3_1 << 2;
     $6_1 = HEAPF32[$2_1 + $19_1 >> 2];
     $11_1 = HEAPF32[$2_1 + $20 >> 2];
     $2_1 = 0;
     while (1) {
      $5_1 = $2_1 + $4_1 | 0;
      $10_1 = $2_1 + $13_1 | 0;
      $9_1 = HEAPF32[$10_1 + 8 >> 2];
      HEAPF32[$5_1 + 8 >> 2] = HEAPF32[$5_1 + 8 >> 2] + Math_fround($11_1 * $9_1);
      $15_1 = HEAPF32[$10_1 + 4 >> 2];
      HEAPF32[$5_1 + 4 >> 2] = HEAPF32[$5_1 + 4 >> 2] + Math_fround($11_1 * $15_1);
      $16_1 = HEAPF32[$10_1 >> 2];
      HEAPF32[$5_1 >> 2] = HEAPF32[$5_1 >> 2] + Math_fround($11_1 * $16_1);
      $8_1 = $5_1 + 136 | 0;
      HEAPF32[$8_1 >> 2] = Math_fround($6_1 * $9_1) + HEAPF32[$8_1 >> 2];
      $8_1 = $5_1 + 132 | 0;
      HEAPF32[$8_1 >> 2] = Math_fround($6_1 * $15_1) + HEAPF32[$8_1 >> 2];
      $8_1 = $5_1 + 128 | 0;
      HEAPF32[$8_1 >> 2] = Math_fround($6_1 * $16_1) + HEAPF32[$8_1 >> 2];
      $9_1 = HEAPF32[$10_1 + 12 >> 2];
      HEAPF32[$5_1 + 12 >> 2] = HEAPF32[$5_1 + 12 >> 2] + Math_fround($11_1 * $9_1);
      $8_1 = $5_1 + 140 | 0;
      HEAPF32[$8_1 >> 2] = Math_fround($6_1 * $9_1) + HEAPF32[$8_1 >> 2];
      $9_1 = HEAPF32[$10_1 + 16 >> 2];
      HEAPF32[$5_1 + 16 >> 2] = HEAPF32[$5_1 + 16 >> 2] + Math_fround($11_1 * $9_1);
      $8_1 = $5_1 + 144 | 0;
      HEAPF32[$8_1 >> 2] = Math_fround($6_1 * $9_1) + HEAPF32[$8_1 >> 2];
      $9_1 = HEAPF32[$10_1 + 20 >> 2];
      HEAPF32[$5_1 + 20 >> 2] = HEAPF32[$5_1 + 20 >> 2] + Math_fround($11_1 * $9_1);
      $8_1 = $5_1 + 148 | 0;
      HEAPF32[$8_1 >> 2] = Math_fround($6_1 * $9_1) + HEAPF32[$8_1 >> 2];
      $9_1 = HEAPF32[$10_1 + 24 >> 2];
      HEAPF32[$5_1 + 24 >> 2] = HEAPF32[$5_1 + 24 >> 2] + Math_fround($11_1 * $9_1);
      $8_1 = $5_1 + 152 | 0;
      HEAPF32[$8_1 >> 2] = Math_fround($6_1 * $9_1) + HEAPF32[$8_1 >> 2];
      $9_1 = HEAPF32[$10_1 + 28 >> 2];
      HEAPF32[$5_1 + 28 >> 2] = HEAPF32[$5_1 + 28 >> 2] + Math_fround($11_1 * $9_1);
      $5_1 = $5_1 + 156 | 0;
      HEAPF32[$5_1 >> 2] = Math_fround($6_1 * $9_1) + HEAPF32[$5_1 >> 2];
      $2_1 = $2_1 + 32 | 0;
      if (($2_1 | 0) != 128) {
       continue
      }
      break;
     };
     $13_1 = $13_1 + 256 | 0;
     $3_1 = $3_1 + 1 | 0;
     if (($3_1 | 0) != 64) {
      continue
     }
     break;
    };
    $2_1 = HEAP32[$4_1 + 28 >> 2];
    $3_1 = $21_1 + $17_1 | 0;
    HEAP32[$3_1 + 24 >> 2] = HEAP32[$4_1 + 24 >> 2];
    HEAP32[$3_1 + 28 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 20 >> 2];
    HEAP32[$3_1 + 16 >> 2] = HEAP32[$4_1 + 16 >> 2];
    HEAP32[$3_1 + 20 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 12 >> 2];
    HEAP32[$3_1 + 8 >> 2] = HEAP32[$4_1 + 8 >> 2];
    HEAP32[$3_1 + 12 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 4 >> 2];
    HEAP32[$3_1 >> 2] = HEAP32[$4_1 >> 2];
    HEAP32[$3_1 + 4 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 60 >> 2];
    HEAP32[$3_1 + 56 >> 2] = HEAP32[$4_1 + 56 >> 2];
    HEAP32[$3_1 + 60 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 52 >> 2];
    HEAP32[$3_1 + 48 >> 2] = HEAP32[$4_1 + 48 >> 2];
    HEAP32[$3_1 + 52 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 44 >> 2];
    HEAP32[$3_1 + 40 >> 2] = HEAP32[$4_1 + 40 >> 2];
    HEAP32[$3_1 + 44 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 36 >> 2];
    HEAP32[$3_1 + 32 >> 2] = HEAP32[$4_1 + 32 >> 2];
    HEAP32[$3_1 + 36 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 92 >> 2];
    HEAP32[$3_1 + 88 >> 2] = HEAP32[$4_1 + 88 >> 2];
    HEAP32[$3_1 + 92 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 84 >> 2];
    HEAP32[$3_1 + 80 >> 2] = HEAP32[$4_1 + 80 >> 2];
    HEAP32[$3_1 + 84 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 76 >> 2];
    HEAP32[$3_1 + 72 >> 2] = HEAP32[$4_1 + 72 >> 2];
    HEAP32[$3_1 + 76 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 68 >> 2];
    HEAP32[$3_1 + 64 >> 2] = HEAP32[$4_1 + 64 >> 2];
    HEAP32[$3_1 + 68 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 124 >> 2];
    HEAP32[$3_1 + 120 >> 2] = HEAP32[$4_1 + 120 >> 2];
    HEAP32[$3_1 + 124 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 116 >> 2];
    HEAP32[$3_1 + 112 >> 2] = HEAP32[$4_1 + 112 >> 2];
    HEAP32[$3_1 + 116 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 108 >> 2];
    HEAP32[$3_1 + 104 >> 2] = HEAP32[$4_1 + 104 >> 2];
    HEAP32[$3_1 + 108 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 100 >> 2];
    HEAP32[$3_1 + 96 >> 2] = HEAP32[$4_1 + 96 >> 2];
    HEAP32[$3_1 + 100 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 156 >> 2];
    HEAP32[$3_1 + 280 >> 2] = HEAP32[$4_1 + 152 >> 2];
    HEAP32[$3_1 + 284 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 148 >> 2];
    HEAP32[$3_1 + 272 >> 2] = HEAP32[$4_1 + 144 >> 2];
    HEAP32[$3_1 + 276 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 140 >> 2];
    HEAP32[$3_1 + 264 >> 2] = HEAP32[$4_1 + 136 >> 2];
    HEAP32[$3_1 + 268 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 132 >> 2];
    HEAP32[$3_1 + 256 >> 2] = HEAP32[$4_1 + 128 >> 2];
    HEAP32[$3_1 + 260 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 188 >> 2];
    HEAP32[$3_1 + 312 >> 2] = HEAP32[$4_1 + 184 >> 2];
    HEAP32[$3_1 + 316 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 180 >> 2];
    HEAP32[$3_1 + 304 >> 2] = HEAP32[$4_1 + 176 >> 2];
    HEAP32[$3_1 + 308 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 172 >> 2];
    HEAP32[$3_1 + 296 >> 2] = HEAP32[$4_1 + 168 >> 2];
    HEAP32[$3_1 + 300 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 164 >> 2];
    HEAP32[$3_1 + 288 >> 2] = HEAP32[$4_1 + 160 >> 2];
    HEAP32[$3_1 + 292 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 220 >> 2];
    HEAP32[$3_1 + 344 >> 2] = HEAP32[$4_1 + 216 >> 2];
    HEAP32[$3_1 + 348 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 212 >> 2];
    HEAP32[$3_1 + 336 >> 2] = HEAP32[$4_1 + 208 >> 2];
    HEAP32[$3_1 + 340 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 204 >> 2];
    HEAP32[$3_1 + 328 >> 2] = HEAP32[$4_1 + 200 >> 2];
    HEAP32[$3_1 + 332 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 196 >> 2];
    HEAP32[$3_1 + 320 >> 2] = HEAP32[$4_1 + 192 >> 2];
    HEAP32[$3_1 + 324 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 252 >> 2];
    HEAP32[$3_1 + 376 >> 2] = HEAP32[$4_1 + 248 >> 2];
    HEAP32[$3_1 + 380 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 244 >> 2];
    HEAP32[$3_1 + 368 >> 2] = HEAP32[$4_1 + 240 >> 2];
    HEAP32[$3_1 + 372 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 236 >> 2];
    HEAP32[$3_1 + 360 >> 2] = HEAP32[$4_1 + 232 >> 2];
    HEAP32[$3_1 + 364 >> 2] = $2_1;
    $2_1 = HEAP32[$4_1 + 228 >> 2];
    HEAP32[$3_1 + 352 >> 2] = HEAP32[$4_1 + 224 >> 2];
    HEAP32[$3_1 + 356 >> 2] = $2_1;
    $3_1 = $14_1 & 1;
    $2_1 = 32;
    $14_1 = 0;
    if ($3_1) {
     continue
    }
    break;
   };
   $3_1 = $12_1 >>> 0 < 14;
   $12_1 = $12_1 + 2 | 0;
   if ($3_1) {
    continue
   }
   break;
  };
  $14_1 = $4_1 + 256 | 0;
  $10_1 = 0;
  while (1) {
   $0_1 = $17($4_1, 256);
   $3_1 = $14_1;
   $12_1 = 0;
   while (1) {
    $2_1 = $12_1 << 6;
    $11_1 = HEAPF32[$2_1 + 267036 >> 2];
    $9_1 = HEAPF32[$2_1 + 267032 >> 2];
    $15_1 = HEAPF32[$2_1 + 267028 >> 2];
    $16_1 = HEAPF32[$2_1 + 267024 >> 2];
    $22 = HEAPF32[$2_1 + 267020 >> 2];
    $23 = HEAPF32[$2_1 + 267016 >> 2];
    $24_1 = HEAPF32[$2_1 + 267012 >> 2];
    $25 = HEAPF32[$2_1 + 267008 >> 2];
    $26 = HEAPF32[$2_1 + 267004 >> 2];
    $27_1 = HEAPF32[$2_1 + 267e3 >> 2];
    $28_1 = HEAPF32[$2_1 + 266996 >> 2];
    $29_1 = HEAPF32[$2_1 + 266992 >> 2];
    $30_1 = HEAPF32[$2_1 + 266988 >> 2];
    $31_1 = HEAPF32[$2_1 + 266984 >> 2];
    $32 = HEAPF32[$2_1 + 266980 >> 2];
    $33_1 = HEAPF32[$2_1 + 266976 >> 2];
    $13_1 = 0;
    $2_1 = $3_1;
    while (1) {
     $5_1 = $0_1 + $13_1 | 0;
     $6_1 = HEAPF32[$2_1 >> 2];
     HEAPF32[$5_1 + 4 >> 2] = HEAPF32[$5_1 + 4 >> 2] + Math_fround($32 * $6_1);
     HEAPF32[$5_1 >> 2] = HEAPF32[$5_1 >> 2] + Math_fround($33_1 * $6_1);
     HEAPF32[$5_1 + 8 >> 2] = HEAPF32[$5_1 + 8 >> 2] + Math_fround($31_1 * $6_1);
     $7_1 = $5_1 + 40 | 0;
     HEAPF32[$7_1 >> 2] = HEAPF32[$7_1 >> 2] + Math_fround($23 * $6_1);
     $7_1 = $5_1 + 36 | 0;
     HEAPF32[$7_1 >> 2] = HEAPF32[$7_1 >> 2] + Math_fround($24_1 * $6_1);
     $7_1 = $5_1 + 32 | 0;
     HEAPF32[$7_1 >> 2] = HEAPF32[$7_1 >> 2] + Math_fround($25 * $6_1);
     HEAPF32[$5_1 + 12 >> 2] = HEAPF32[$5_1 + 12 >> 2] + Math_fround($30_1 * $6_1);
     $7_1 = $5_1 + 44 | 0;
     HEAPF32[$7_1 >> 2] = HEAPF32[$7_1 >> 2] + Math_fround($22 * $6_1);
     HEAPF32[$5_1 + 16 >> 2] = HEAPF32[$5_1 + 16 >> 2] + Math_fround($29_1 * $6_1);
     $7_1 = $5_1 + 48 | 0;
     HEAPF32[$7_1 >> 2] = HEAPF32[$7_1 >> 2] + Math_fround($16_1 * $6_1);
     HEAPF32[$5_1 + 20 >> 2] = HEAPF32[$5_1 + 20 >> 2] + Math_fround($28_1 * $6_1);
     $7_1 = $5_1 + 52 | 0;
     HEAPF32[$7_1 >> 2] = HEAPF32[$7_1 >> 2] + Math_fround($15_1 * $6_1);
     HEAPF32[$5_1 + 24 >> 2] = HEAPF32[$5_1 + 24 >> 2] + Math_fround($27_1 * $6_1);
     $7_1 = $5_1 + 56 | 0;
     HEAPF32[$7_1 >> 2] = HEAPF32[$7_1 >> 2] + Math_fround($9_1 * $6_1);
     HEAPF32[$5_1 + 28 >> 2] = HEAPF32[$5_1 + 28 >> 2] + Math_fround($26 * $6_1);
     $5_1 = $5_1 + 60 | 0;
     HEAPF32[$5_1 >> 2] = HEAPF32[$5_1 >> 2] + Math_fround($11_1 * $6_1);
     $2_1 = $2_1 + 256 | 0;
     $13_1 = $13_1 - -64 | 0;
     if (($13_1 | 0) != 256) {
      continue
     }
     break;
    };
    $3_1 = $3_1 + 4 | 0;
    $12_1 = $12_1 + 1 | 0;
    if (($12_1 | 0) != 64) {
     continue
    }
    break;
   };
   $2_1 = HEAP32[$0_1 + 28 >> 2];
   $3_1 = ($10_1 << 6) + $1_1 | 0;
   HEAP32[$3_1 + 24 >> 2] = HEAP32[$0_1 + 24 >> 2];
   HEAP32[$3_1 + 28 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 20 >> 2];
   HEAP32[$3_1 + 16 >> 2] = HEAP32[$0_1 + 16 >> 2];
   HEAP32[$3_1 + 20 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 12 >> 2];
   HEAP32[$3_1 + 8 >> 2] = HEAP32[$0_1 + 8 >> 2];
   HEAP32[$3_1 + 12 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 4 >> 2];
   HEAP32[$3_1 >> 2] = HEAP32[$0_1 >> 2];
   HEAP32[$3_1 + 4 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 60 >> 2];
   HEAP32[$3_1 + 56 >> 2] = HEAP32[$0_1 + 56 >> 2];
   HEAP32[$3_1 + 60 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 52 >> 2];
   HEAP32[$3_1 + 48 >> 2] = HEAP32[$0_1 + 48 >> 2];
   HEAP32[$3_1 + 52 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 44 >> 2];
   HEAP32[$3_1 + 40 >> 2] = HEAP32[$0_1 + 40 >> 2];
   HEAP32[$3_1 + 44 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 36 >> 2];
   HEAP32[$3_1 + 32 >> 2] = HEAP32[$0_1 + 32 >> 2];
   HEAP32[$3_1 + 36 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 92 >> 2];
   HEAP32[$3_1 + 88 >> 2] = HEAP32[$0_1 + 88 >> 2];
   HEAP32[$3_1 + 92 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 84 >> 2];
   HEAP32[$3_1 + 80 >> 2] = HEAP32[$0_1 + 80 >> 2];
   HEAP32[$3_1 + 84 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 76 >> 2];
   HEAP32[$3_1 + 72 >> 2] = HEAP32[$0_1 + 72 >> 2];
   HEAP32[$3_1 + 76 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 68 >> 2];
   HEAP32[$3_1 + 64 >> 2] = HEAP32[$0_1 + 64 >> 2];
   HEAP32[$3_1 + 68 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 124 >> 2];
   HEAP32[$3_1 + 120 >> 2] = HEAP32[$0_1 + 120 >> 2];
   HEAP32[$3_1 + 124 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 116 >> 2];
   HEAP32[$3_1 + 112 >> 2] = HEAP32[$0_1 + 112 >> 2];
   HEAP32[$3_1 + 116 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 108 >> 2];
   HEAP32[$3_1 + 104 >> 2] = HEAP32[$0_1 + 104 >> 2];
   HEAP32[$3_1 + 108 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 100 >> 2];
   HEAP32[$3_1 + 96 >> 2] = HEAP32[$0_1 + 96 >> 2];
   HEAP32[$3_1 + 100 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 156 >> 2];
   HEAP32[$3_1 + 152 >> 2] = HEAP32[$0_1 + 152 >> 2];
   HEAP32[$3_1 + 156 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 148 >> 2];
   HEAP32[$3_1 + 144 >> 2] = HEAP32[$0_1 + 144 >> 2];
   HEAP32[$3_1 + 148 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 140 >> 2];
   HEAP32[$3_1 + 136 >> 2] = HEAP32[$0_1 + 136 >> 2];
   HEAP32[$3_1 + 140 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 132 >> 2];
   HEAP32[$3_1 + 128 >> 2] = HEAP32[$0_1 + 128 >> 2];
   HEAP32[$3_1 + 132 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 188 >> 2];
   HEAP32[$3_1 + 184 >> 2] = HEAP32[$0_1 + 184 >> 2];
   HEAP32[$3_1 + 188 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 180 >> 2];
   HEAP32[$3_1 + 176 >> 2] = HEAP32[$0_1 + 176 >> 2];
   HEAP32[$3_1 + 180 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 172 >> 2];
   HEAP32[$3_1 + 168 >> 2] = HEAP32[$0_1 + 168 >> 2];
   HEAP32[$3_1 + 172 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 164 >> 2];
   HEAP32[$3_1 + 160 >> 2] = HEAP32[$0_1 + 160 >> 2];
   HEAP32[$3_1 + 164 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 220 >> 2];
   HEAP32[$3_1 + 216 >> 2] = HEAP32[$0_1 + 216 >> 2];
   HEAP32[$3_1 + 220 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 212 >> 2];
   HEAP32[$3_1 + 208 >> 2] = HEAP32[$0_1 + 208 >> 2];
   HEAP32[$3_1 + 212 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 204 >> 2];
   HEAP32[$3_1 + 200 >> 2] = HEAP32[$0_1 + 200 >> 2];
   HEAP32[$3_1 + 204 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 196 >> 2];
   HEAP32[$3_1 + 192 >> 2] = HEAP32[$0_1 + 192 >> 2];
   HEAP32[$3_1 + 196 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 252 >> 2];
   HEAP32[$3_1 + 248 >> 2] = HEAP32[$0_1 + 248 >> 2];
   HEAP32[$3_1 + 252 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 244 >> 2];
   HEAP32[$3_1 + 240 >> 2] = HEAP32[$0_1 + 240 >> 2];
   HEAP32[$3_1 + 244 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 236 >> 2];
   HEAP32[$3_1 + 232 >> 2] = HEAP32[$0_1 + 232 >> 2];
   HEAP32[$3_1 + 236 >> 2] = $2_1;
   $2_1 = HEAP32[$0_1 + 228 >> 2];
   HEAP32[$3_1 + 224 >> 2] = HEAP32[$0_1 + 224 >> 2];
   HEAP32[$3_1 + 228 >> 2] = $2_1;
   $14_1 = $14_1 + 1024 | 0;
   $0_1 = $10_1 >>> 0 < 12;
   $10_1 = $10_1 + 4 | 0;
   if ($0_1) {
    continue
   }
   break;
  };
  global$0 = $18_1;
 }
 
 function $49($0_1, $1_1, $2_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = Math_fround($2_1);
  var $3_1 = Math_fround(0), $4_1 = 0, $5_1 = 0, $6_1 = Math_fround(0), $7_1 = Math_fround(0), $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = Math_fround(0), $12_1 = Math_fround(0), $13_1 = Math_fround(0), $14_1 = Math_fround(0), $15_1 = Math_fround(0), $16_1 = Math_fround(0), $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0, $22 = 0, $23 = 0, $24_1 = 0, $25 = 0, $26 = 0, $27_1 = 0, $28_1 = 0, $29_1 = 0, $30_1 = 0, $31_1 = 0, $32 = 0, $33_1 = 0, $34_1 = 0;
  $8_1 = global$0;
  $34_1 = $8_1;
  $33_1 = $8_1 - 288 & -32;
  global$0 = $33_1;
  $8_1 = $1_1;
  $10_1 = 1;
  while (1) {
   $9_1 = -8;
   $5_1 = $8_1;
   while (1) {
    $3_1 = Math_fround(Math_fround(Math_fround(HEAPF32[$5_1 + 28 >> 2] - HEAPF32[$5_1 + 284 >> 2]) * Math_fround(100.0)) / Math_fround(255.0));
    $11_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($11_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block1 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block1;
     }
     $4_1 = -2147483648;
    }
    $17_1 = $4_1 + $17_1 | 0;
    $3_1 = Math_fround(Math_fround(Math_fround(HEAPF32[$5_1 + 24 >> 2] - HEAPF32[$5_1 + 280 >> 2]) * Math_fround(100.0)) / Math_fround(255.0));
    $12_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($12_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block3 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block3;
     }
     $4_1 = -2147483648;
    }
    $18_1 = $4_1 + $18_1 | 0;
    $3_1 = Math_fround(Math_fround(Math_fround(HEAPF32[$5_1 + 20 >> 2] - HEAPF32[$5_1 + 276 >> 2]) * Math_fround(100.0)) / Math_fround(255.0));
    $13_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($13_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block5 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block5;
     }
     $4_1 = -2147483648;
    }
    $19_1 = $4_1 + $19_1 | 0;
    $3_1 = Math_fround(Math_fround(Math_fround(HEAPF32[$5_1 + 16 >> 2] - HEAPF32[$5_1 + 272 >> 2]) * Math_fround(100.0)) / Math_fround(255.0));
    $14_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($14_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block7 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block7;
     }
     $4_1 = -2147483648;
    }
    $20 = $4_1 + $20 | 0;
    $3_1 = Math_fround(Math_fround(Math_fround(HEAPF32[$5_1 + 12 >> 2] - HEAPF32[$5_1 + 268 >> 2]) * Math_fround(100.0)) / Math_fround(255.0));
    $15_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($15_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block9 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block9;
     }
     $4_1 = -2147483648;
    }
    $21_1 = $4_1 + $21_1 | 0;
    $3_1 = Math_fround(Math_fround(Math_fround(HEAPF32[$5_1 + 8 >> 2] - HEAPF32[$5_1 + 264 >> 2]) * Math_fround(100.0)) / Math_fround(255.0));
    $16_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($16_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block11 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block11;
     }
     $4_1 = -2147483648;
    }
    $22 = $4_1 + $22 | 0;
    $3_1 = Math_fround(Math_fround(Math_fround(HEAPF32[$5_1 + 4 >> 2] - HEAPF32[$5_1 + 260 >> 2]) * Math_fround(100.0)) / Math_fround(255.0));
    $7_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($7_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block13 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block13;
     }
     $4_1 = -2147483648;
    }
    $23 = $4_1 + $23 | 0;
    $3_1 = Math_fround(Math_fround(Math_fround(HEAPF32[$5_1 >> 2] - HEAPF32[$5_1 + 256 >> 2]) * Math_fround(100.0)) / Math_fround(255.0));
    $6_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($6_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block15 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block15;
     }
     $4_1 = -2147483648;
    }
    $24_1 = $4_1 + $24_1 | 0;
    $3_1 = Math_fround($2_1 + $11_1);
    block17 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block17;
     }
     $4_1 = -2147483648;
    }
    $25 = $4_1 + $25 | 0;
    $3_1 = Math_fround($2_1 + $12_1);
    block19 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block19;
     }
     $4_1 = -2147483648;
    }
    $26 = $4_1 + $26 | 0;
    $3_1 = Math_fround($2_1 + $13_1);
    block21 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block21;
     }
     $4_1 = -2147483648;
    }
    $27_1 = $4_1 + $27_1 | 0;
    $3_1 = Math_fround($2_1 + $14_1);
    block23 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block23;
     }
     $4_1 = -2147483648;
    }
    $28_1 = $4_1 + $28_1 | 0;
    $3_1 = Math_fround($2_1 + $15_1);
    block25 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block25;
     }
     $4_1 = -2147483648;
    }
    $29_1 = $4_1 + $29_1 | 0;
    $3_1 = Math_fround($2_1 + $16_1);
    block27 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block27;
     }
     $4_1 = -2147483648;
    }
    $30_1 = $4_1 + $30_1 | 0;
    $3_1 = Math_fround($2_1 + $7_1);
    block29 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block29;
     }
     $4_1 = -2147483648;
    }
    $31_1 = $4_1 + $31_1 | 0;
    $3_1 = Math_fround($2_1 + $6_1);
    block31 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block31;
     }
     $4_1 = -2147483648;
    }
    $32 = $4_1 + $32 | 0;
    $5_1 = $5_1 + 32 | 0;
    $9_1 = $9_1 + 8 | 0;
    if ($9_1 >>> 0 < 56) {
     continue
    }
    break;
   };
   $8_1 = $8_1 + 256 | 0;
   $10_1 = $10_1 + 1 | 0;
   if (($10_1 | 0) != 64) {
    continue
   }
   break;
  };
  $8_1 = 0;
  while (1) {
   $5_1 = $16($33_1, ($8_1 << 8) + $1_1 | 0, 256);
   HEAPF32[$5_1 + 256 >> 2] = HEAPF32[$5_1 + 252 >> 2];
   $9_1 = -8;
   while (1) {
    $7_1 = HEAPF32[$5_1 + 28 >> 2];
    $10_1 = $5_1 + 32 | 0;
    $3_1 = Math_fround(Math_fround(Math_fround($7_1 - HEAPF32[$10_1 >> 2]) * Math_fround(100.0)) / Math_fround(255.0));
    $11_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($11_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block33 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block33;
     }
     $4_1 = -2147483648;
    }
    $17_1 = $4_1 + $17_1 | 0;
    $6_1 = HEAPF32[$5_1 + 24 >> 2];
    $3_1 = Math_fround(Math_fround(Math_fround($6_1 - $7_1) * Math_fround(100.0)) / Math_fround(255.0));
    $12_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($12_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block35 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block35;
     }
     $4_1 = -2147483648;
    }
    $18_1 = $4_1 + $18_1 | 0;
    $7_1 = HEAPF32[$5_1 + 20 >> 2];
    $3_1 = Math_fround(Math_fround(Math_fround($7_1 - $6_1) * Math_fround(100.0)) / Math_fround(255.0));
    $13_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($13_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block37 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block37;
     }
     $4_1 = -2147483648;
    }
    $19_1 = $4_1 + $19_1 | 0;
    $6_1 = HEAPF32[$5_1 + 16 >> 2];
    $3_1 = Math_fround(Math_fround(Math_fround($6_1 - $7_1) * Math_fround(100.0)) / Math_fround(255.0));
    $14_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($14_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block39 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block39;
     }
     $4_1 = -2147483648;
    }
    $20 = $4_1 + $20 | 0;
    $7_1 = HEAPF32[$5_1 + 12 >> 2];
    $3_1 = Math_fround(Math_fround(Math_fround($7_1 - $6_1) * Math_fround(100.0)) / Math_fround(255.0));
    $15_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($15_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block41 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block41;
     }
     $4_1 = -2147483648;
    }
    $21_1 = $4_1 + $21_1 | 0;
    $6_1 = HEAPF32[$5_1 + 8 >> 2];
    $3_1 = Math_fround(Math_fround(Math_fround($6_1 - $7_1) * Math_fround(100.0)) / Math_fround(255.0));
    $16_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($16_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block43 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block43;
     }
     $4_1 = -2147483648;
    }
    $22 = $4_1 + $22 | 0;
    $7_1 = HEAPF32[$5_1 + 4 >> 2];
    $3_1 = Math_fround(Math_fround(Math_fround($7_1 - $6_1) * Math_fround(100.0)) / Math_fround(255.0));
    $6_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($6_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block45 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block45;
     }
     $4_1 = -2147483648;
    }
    $23 = $4_1 + $23 | 0;
    $3_1 = Math_fround($2_1 + $11_1);
    block47 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block47;
     }
     $4_1 = -2147483648;
    }
    $25 = $4_1 + $25 | 0;
    $3_1 = Math_fround($2_1 + $12_1);
    block49 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block49;
     }
     $4_1 = -2147483648;
    }
    $26 = $4_1 + $26 | 0;
    $3_1 = Math_fround($2_1 + $13_1);
    block51 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block51;
     }
     $4_1 = -2147483648;
    }
    $27_1 = $4_1 + $27_1 | 0;
    $3_1 = Math_fround($2_1 + $14_1);
    block53 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block53;
     }
     $4_1 = -2147483648;
    }
    $28_1 = $4_1 + $28_1 | 0;
    $3_1 = Math_fround($2_1 + $15_1);
    block55 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block55;
     }
     $4_1 = -2147483648;
    }
    $29_1 = $4_1 + $29_1 | 0;
    $3_1 = Math_fround($2_1 + $16_1);
    block57 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block57;
     }
     $4_1 = -2147483648;
    }
    $30_1 = $4_1 + $30_1 | 0;
    $3_1 = Math_fround($2_1 + $6_1);
    block59 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $4_1 = ~~$3_1;
      break block59;
     }
     $4_1 = -2147483648;
    }
    $31_1 = $4_1 + $31_1 | 0;
    $3_1 = Math_fround(Math_fround(Math_fround(HEAPF32[$5_1 >> 2] - $7_1) * Math_fround(100.0)) / Math_fround(255.0));
    $6_1 = $3_1 < Math_fround(0.0) ? Math_fround(-$3_1) : $3_1;
    $3_1 = Math_fround($6_1 - $2_1);
    $3_1 = $3_1 < Math_fround(0.0) ? Math_fround(0.0) : $3_1;
    block61 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $5_1 = ~~$3_1;
      break block61;
     }
     $5_1 = -2147483648;
    }
    $24_1 = $5_1 + $24_1 | 0;
    $3_1 = Math_fround($2_1 + $6_1);
    block63 : {
     if (Math_fround(Math_abs($3_1)) < Math_fround(2147483648.0)) {
      $5_1 = ~~$3_1;
      break block63;
     }
     $5_1 = -2147483648;
    }
    $32 = $5_1 + $32 | 0;
    $5_1 = $10_1;
    $9_1 = $9_1 + 8 | 0;
    if ($9_1 >>> 0 < 56) {
     continue
    }
    break;
   };
   $8_1 = $8_1 + 1 | 0;
   if (($8_1 | 0) != 64) {
    continue
   }
   break;
  };
  HEAP32[$0_1 + 4 >> 2] = (((((($32 + $31_1 | 0) + $30_1 | 0) + $29_1 | 0) + $28_1 | 0) + $27_1 | 0) + $26 | 0) + $25;
  HEAP32[$0_1 >> 2] = (((((($24_1 + $23 | 0) + $22 | 0) + $21_1 | 0) + $20 | 0) + $19_1 | 0) + $18_1 | 0) + $17_1;
  global$0 = $34_1;
 }
 
 function $50($0_1, $1_1, $2_1, $3_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  $3_1 = $3_1 | 0;
  var $4_1 = 0, $5_1 = 0, $6_1 = 0;
  block3 : {
   block1 : {
    switch ($2_1 - 3 | 0) {
    default:
     if (($1_1 | 0) <= 0) {
      break block3
     }
     $4_1 = $1_1 & 3;
     $2_1 = 0;
     if ($1_1 >>> 0 >= 4) {
      $6_1 = $1_1 & 2147483644;
      $1_1 = $3_1;
      while (1) {
       $5_1 = $0_1 + $2_1 | 0;
       HEAPF32[$1_1 >> 2] = HEAPU8[$5_1 | 0];
       HEAPF32[$1_1 + 4 >> 2] = HEAPU8[$5_1 + 1 | 0];
       HEAPF32[$1_1 + 8 >> 2] = HEAPU8[$5_1 + 2 | 0];
       HEAPF32[$1_1 + 12 >> 2] = HEAPU8[$5_1 + 3 | 0];
       $1_1 = $1_1 + 16 | 0;
       $2_1 = $2_1 + 4 | 0;
       if (($6_1 | 0) != ($2_1 | 0)) {
        continue
       }
       break;
      };
      if (!$4_1) {
       break block3
      }
     }
     $0_1 = $0_1 + $2_1 | 0;
     $3_1 = ($2_1 << 2) + $3_1 | 0;
     while (1) {
      HEAPF32[$3_1 >> 2] = HEAPU8[$0_1 | 0];
      $0_1 = $0_1 + 1 | 0;
      $3_1 = $3_1 + 4 | 0;
      $4_1 = $4_1 - 1 | 0;
      if ($4_1) {
       continue
      }
      break;
     };
     break block3;
    case 0:
     if (($1_1 | 0) <= 0) {
      break block3
     }
     while (1) {
      HEAPF32[$3_1 >> 2] = Math_fround((Math_imul(HEAPU8[$0_1 + 1 | 0], 587) + Math_imul(HEAPU8[$0_1 | 0], 299) | 0) + Math_imul(HEAPU8[$0_1 + 2 | 0], 114) >>> 0) / Math_fround(1.0e3);
      $0_1 = $0_1 + 3 | 0;
      $3_1 = $3_1 + 4 | 0;
      $1_1 = $1_1 - 1 | 0;
      if ($1_1) {
       continue
      }
      break;
     };
     break block3;
    case 1:
     break block1;
    };
   }
   if (($1_1 | 0) <= 0) {
    break block3
   }
   while (1) {
    HEAPF32[$3_1 >> 2] = Math_fround((Math_imul(HEAPU8[$0_1 + 1 | 0], 587) + Math_imul(HEAPU8[$0_1 | 0], 299) | 0) + Math_imul(HEAPU8[$0_1 + 2 | 0], 114) >>> 0) / Math_fround(1.0e3);
    $0_1 = $0_1 + 4 | 0;
    $3_1 = $3_1 + 4 | 0;
    $1_1 = $1_1 - 1 | 0;
    if ($1_1) {
     continue
    }
    break;
   };
  }
 }
 
 function $51($0_1, $1_1, $2_1, $3_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  $3_1 = $3_1 | 0;
  var $4_1 = 0, $5_1 = 0, $6_1 = Math_fround(0), $7_1 = 0, $8_1 = Math_fround(0), $9_1 = Math_fround(0), $10_1 = Math_fround(0), $11_1 = Math_fround(0), $12_1 = Math_fround(0), $13_1 = Math_fround(0), $14_1 = Math_fround(0), $15_1 = Math_fround(0), $16_1 = 0, $17_1 = 0, $18_1 = Math_fround(0), $19_1 = Math_fround(0), $20 = Math_fround(0), $21_1 = Math_fround(0), $22 = Math_fround(0), $23 = Math_fround(0), $24_1 = Math_fround(0), $25 = 0, $26 = 0, $27_1 = 0, $28_1 = 0, $29_1 = 0, $30_1 = 0, $31_1 = 0, $32 = 0, $33_1 = 0;
  $25 = (($2_1 + 2 | 0) / 2 | 0) - 1 | 0;
  block1 : {
   if (($2_1 | 0) < 2) {
    break block1
   }
   $16_1 = ($25 | 0) <= 1 ? 1 : $25;
   block3 : {
    if (($2_1 | 0) < 4) {
     break block3
    }
    $17_1 = $16_1 & 1;
    $26 = $16_1 & 2147483646;
    $4_1 = $0_1;
    while (1) {
     $5_1 = $4_1 + 36 | 0;
     $8_1 = Math_fround(Math_fround($8_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 4 | 0] | HEAPU8[$4_1 + 5 | 0] << 8 | (HEAPU8[$4_1 + 6 | 0] << 16 | HEAPU8[$4_1 + 7 | 0] << 24)), wasm2js_scratch_load_f32())) + (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 | 0] | HEAPU8[$5_1 + 1 | 0] << 8 | (HEAPU8[$5_1 + 2 | 0] << 16 | HEAPU8[$5_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32()));
     $5_1 = $4_1 + 32 | 0;
     $9_1 = Math_fround(Math_fround($9_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 | 0] | HEAPU8[$4_1 + 1 | 0] << 8 | (HEAPU8[$4_1 + 2 | 0] << 16 | HEAPU8[$4_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32())) + (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 | 0] | HEAPU8[$5_1 + 1 | 0] << 8 | (HEAPU8[$5_1 + 2 | 0] << 16 | HEAPU8[$5_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32()));
     $5_1 = $4_1 + 40 | 0;
     $10_1 = Math_fround(Math_fround($10_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 8 | 0] | HEAPU8[$4_1 + 9 | 0] << 8 | (HEAPU8[$4_1 + 10 | 0] << 16 | HEAPU8[$4_1 + 11 | 0] << 24)), wasm2js_scratch_load_f32())) + (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 | 0] | HEAPU8[$5_1 + 1 | 0] << 8 | (HEAPU8[$5_1 + 2 | 0] << 16 | HEAPU8[$5_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32()));
     $5_1 = $4_1 + 44 | 0;
     $11_1 = Math_fround(Math_fround($11_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 12 | 0] | HEAPU8[$4_1 + 13 | 0] << 8 | (HEAPU8[$4_1 + 14 | 0] << 16 | HEAPU8[$4_1 + 15 | 0] << 24)), wasm2js_scratch_load_f32())) + (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 | 0] | HEAPU8[$5_1 + 1 | 0] << 8 | (HEAPU8[$5_1 + 2 | 0] << 16 | HEAPU8[$5_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32()));
     $5_1 = $4_1 + 48 | 0;
     $12_1 = Math_fround(Math_fround($12_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 16 | 0] | HEAPU8[$4_1 + 17 | 0] << 8 | (HEAPU8[$4_1 + 18 | 0] << 16 | HEAPU8[$4_1 + 19 | 0] << 24)), wasm2js_scratch_load_f32())) + (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 | 0] | HEAPU8[$5_1 + 1 | 0] << 8 | (HEAPU8[$5_1 + 2 | 0] << 16 | HEAPU8[$5_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32()));
     $5_1 = $4_1 + 52 | 0;
     $13_1 = Math_fround(Math_fround($13_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 20 | 0] | HEAPU8[$4_1 + 21 | 0] << 8 | (HEAPU8[$4_1 + 22 | 0] << 16 | HEAPU8[$4_1 + 23 | 0] << 24)), wasm2js_scratch_load_f32())) + (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 | 0] | HEAPU8[$5_1 + 1 | 0] << 8 | (HEAPU8[$5_1 + 2 | 0] << 16 | HEAPU8[$5_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32()));
     $5_1 = $4_1 + 56 | 0;
     $14_1 = Math_fround(Math_fround($14_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 24 | 0] | HEAPU8[$4_1 + 25 | 0] << 8 | (HEAPU8[$4_1 + 26 | 0] << 16 | HEAPU8[$4_1 + 27 | 0] << 24)), wasm2js_scratch_load_f32())) + (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 | 0] | HEAPU8[$5_1 + 1 | 0] << 8 | (HEAPU8[$5_1 + 2 | 0] << 16 | HEAPU8[$5_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32()));
     $5_1 = $4_1 + 60 | 0;
     $15_1 = Math_fround(Math_fround($15_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 28 | 0] | HEAPU8[$4_1 + 29 | 0] << 8 | (HEAPU8[$4_1 + 30 | 0] << 16 | HEAPU8[$4_1 + 31 | 0] << 24)), wasm2js_scratch_load_f32())) + (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 | 0] | HEAPU8[$5_1 + 1 | 0] << 8 | (HEAPU8[$5_1 + 2 | 0] << 16 | HEAPU8[$5_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32()));
     $4_1 = $4_1 - -64 | 0;
     $6_1 = Math_fround(Math_fround($6_1 + Math_fround(1.0)) + Math_fround(1.0));
     $7_1 = $7_1 + 2 | 0;
     if (($26 | 0) != ($7_1 | 0)) {
      continue
     }
     break;
    };
    if (!$17_1) {
     break block1
    }
   }
   $6_1 = Math_fround($6_1 + Math_fround(1.0));
   $4_1 = ($7_1 << 5) + $0_1 | 0;
   $11_1 = Math_fround($11_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 12 | 0] | HEAPU8[$4_1 + 13 | 0] << 8 | (HEAPU8[$4_1 + 14 | 0] << 16 | HEAPU8[$4_1 + 15 | 0] << 24)), wasm2js_scratch_load_f32()));
   $10_1 = Math_fround($10_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 8 | 0] | HEAPU8[$4_1 + 9 | 0] << 8 | (HEAPU8[$4_1 + 10 | 0] << 16 | HEAPU8[$4_1 + 11 | 0] << 24)), wasm2js_scratch_load_f32()));
   $8_1 = Math_fround($8_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 4 | 0] | HEAPU8[$4_1 + 5 | 0] << 8 | (HEAPU8[$4_1 + 6 | 0] << 16 | HEAPU8[$4_1 + 7 | 0] << 24)), wasm2js_scratch_load_f32()));
   $9_1 = Math_fround($9_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 | 0] | HEAPU8[$4_1 + 1 | 0] << 8 | (HEAPU8[$4_1 + 2 | 0] << 16 | HEAPU8[$4_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32()));
   $12_1 = Math_fround($12_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 16 | 0] | HEAPU8[$4_1 + 17 | 0] << 8 | (HEAPU8[$4_1 + 18 | 0] << 16 | HEAPU8[$4_1 + 19 | 0] << 24)), wasm2js_scratch_load_f32()));
   $13_1 = Math_fround($13_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 20 | 0] | HEAPU8[$4_1 + 21 | 0] << 8 | (HEAPU8[$4_1 + 22 | 0] << 16 | HEAPU8[$4_1 + 23 | 0] << 24)), wasm2js_scratch_load_f32()));
   $14_1 = Math_fround($14_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 24 | 0] | HEAPU8[$4_1 + 25 | 0] << 8 | (HEAPU8[$4_1 + 26 | 0] << 16 | HEAPU8[$4_1 + 27 | 0] << 24)), wasm2js_scratch_load_f32()));
   $15_1 = Math_fround($15_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 28 | 0] | HEAPU8[$4_1 + 29 | 0] << 8 | (HEAPU8[$4_1 + 30 | 0] << 16 | HEAPU8[$4_1 + 31 | 0] << 24)), wasm2js_scratch_load_f32()));
  }
  if (($2_1 | 0) <= ($16_1 | 0)) {
   $4_1 = $16_1
  } else {
   $7_1 = $2_1 - $16_1 | 0;
   $4_1 = ($16_1 << 5) + $0_1 | 0;
   while (1) {
    $18_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 28 | 0] | HEAPU8[$4_1 + 29 | 0] << 8 | (HEAPU8[$4_1 + 30 | 0] << 16 | HEAPU8[$4_1 + 31 | 0] << 24)), wasm2js_scratch_load_f32());
    $19_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 24 | 0] | HEAPU8[$4_1 + 25 | 0] << 8 | (HEAPU8[$4_1 + 26 | 0] << 16 | HEAPU8[$4_1 + 27 | 0] << 24)), wasm2js_scratch_load_f32());
    $20 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 20 | 0] | HEAPU8[$4_1 + 21 | 0] << 8 | (HEAPU8[$4_1 + 22 | 0] << 16 | HEAPU8[$4_1 + 23 | 0] << 24)), wasm2js_scratch_load_f32());
    $21_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 16 | 0] | HEAPU8[$4_1 + 17 | 0] << 8 | (HEAPU8[$4_1 + 18 | 0] << 16 | HEAPU8[$4_1 + 19 | 0] << 24)), wasm2js_scratch_load_f32());
    $22 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 12 | 0] | HEAPU8[$4_1 + 13 | 0] << 8 | (HEAPU8[$4_1 + 14 | 0] << 16 | HEAPU8[$4_1 + 15 | 0] << 24)), wasm2js_scratch_load_f32());
    $23 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 8 | 0] | HEAPU8[$4_1 + 9 | 0] << 8 | (HEAPU8[$4_1 + 10 | 0] << 16 | HEAPU8[$4_1 + 11 | 0] << 24)), wasm2js_scratch_load_f32());
    $24_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 | 0] | HEAPU8[$4_1 + 1 | 0] << 8 | (HEAPU8[$4_1 + 2 | 0] << 16 | HEAPU8[$4_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32());
    $8_1 = Math_fround($8_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 4 | 0] | HEAPU8[$4_1 + 5 | 0] << 8 | (HEAPU8[$4_1 + 6 | 0] << 16 | HEAPU8[$4_1 + 7 | 0] << 24)), wasm2js_scratch_load_f32()));
    $6_1 = Math_fround($6_1 + Math_fround(1.0));
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($8_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 4 | 0] = $5_1;
    HEAP8[$3_1 + 5 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 6 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 7 | 0] = $5_1 >>> 24;
    $9_1 = Math_fround($9_1 + $24_1);
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($9_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 | 0] = $5_1;
    HEAP8[$3_1 + 1 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 2 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 3 | 0] = $5_1 >>> 24;
    $10_1 = Math_fround($10_1 + $23);
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($10_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 8 | 0] = $5_1;
    HEAP8[$3_1 + 9 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 10 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 11 | 0] = $5_1 >>> 24;
    $11_1 = Math_fround($11_1 + $22);
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($11_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 12 | 0] = $5_1;
    HEAP8[$3_1 + 13 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 14 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 15 | 0] = $5_1 >>> 24;
    $12_1 = Math_fround($12_1 + $21_1);
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($12_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 16 | 0] = $5_1;
    HEAP8[$3_1 + 17 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 18 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 19 | 0] = $5_1 >>> 24;
    $13_1 = Math_fround($13_1 + $20);
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($13_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 20 | 0] = $5_1;
    HEAP8[$3_1 + 21 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 22 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 23 | 0] = $5_1 >>> 24;
    $14_1 = Math_fround($14_1 + $19_1);
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($14_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 24 | 0] = $5_1;
    HEAP8[$3_1 + 25 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 26 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 27 | 0] = $5_1 >>> 24;
    $15_1 = Math_fround($15_1 + $18_1);
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($15_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 28 | 0] = $5_1;
    HEAP8[$3_1 + 29 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 30 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 31 | 0] = $5_1 >>> 24;
    $4_1 = $4_1 + 32 | 0;
    $3_1 = $3_1 + 32 | 0;
    $7_1 = $7_1 - 1 | 0;
    if ($7_1) {
     continue
    }
    break;
   };
   $4_1 = $2_1;
  }
  $7_1 = $4_1;
  if (($1_1 | 0) > ($7_1 | 0)) {
   $26 = $7_1 << 5;
   $17_1 = $1_1 - $7_1 | 0;
   $4_1 = $0_1;
   while (1) {
    $5_1 = $4_1 + $26 | 0;
    $18_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 + 28 | 0] | HEAPU8[$5_1 + 29 | 0] << 8 | (HEAPU8[$5_1 + 30 | 0] << 16 | HEAPU8[$5_1 + 31 | 0] << 24)), wasm2js_scratch_load_f32());
    $19_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 + 24 | 0] | HEAPU8[$5_1 + 25 | 0] << 8 | (HEAPU8[$5_1 + 26 | 0] << 16 | HEAPU8[$5_1 + 27 | 0] << 24)), wasm2js_scratch_load_f32());
    $20 = (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 + 20 | 0] | HEAPU8[$5_1 + 21 | 0] << 8 | (HEAPU8[$5_1 + 22 | 0] << 16 | HEAPU8[$5_1 + 23 | 0] << 24)), wasm2js_scratch_load_f32());
    $21_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 + 16 | 0] | HEAPU8[$5_1 + 17 | 0] << 8 | (HEAPU8[$5_1 + 18 | 0] << 16 | HEAPU8[$5_1 + 19 | 0] << 24)), wasm2js_scratch_load_f32());
    $22 = (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 + 12 | 0] | HEAPU8[$5_1 + 13 | 0] << 8 | (HEAPU8[$5_1 + 14 | 0] << 16 | HEAPU8[$5_1 + 15 | 0] << 24)), wasm2js_scratch_load_f32());
    $23 = (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 | 0] | HEAPU8[$5_1 + 1 | 0] << 8 | (HEAPU8[$5_1 + 2 | 0] << 16 | HEAPU8[$5_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32());
    $24_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 + 4 | 0] | HEAPU8[$5_1 + 5 | 0] << 8 | (HEAPU8[$5_1 + 6 | 0] << 16 | HEAPU8[$5_1 + 7 | 0] << 24)), wasm2js_scratch_load_f32());
    $27_1 = HEAPU8[$4_1 + 28 | 0] | HEAPU8[$4_1 + 29 | 0] << 8 | (HEAPU8[$4_1 + 30 | 0] << 16 | HEAPU8[$4_1 + 31 | 0] << 24);
    $28_1 = HEAPU8[$4_1 + 24 | 0] | HEAPU8[$4_1 + 25 | 0] << 8 | (HEAPU8[$4_1 + 26 | 0] << 16 | HEAPU8[$4_1 + 27 | 0] << 24);
    $29_1 = HEAPU8[$4_1 + 20 | 0] | HEAPU8[$4_1 + 21 | 0] << 8 | (HEAPU8[$4_1 + 22 | 0] << 16 | HEAPU8[$4_1 + 23 | 0] << 24);
    $30_1 = HEAPU8[$4_1 + 16 | 0] | HEAPU8[$4_1 + 17 | 0] << 8 | (HEAPU8[$4_1 + 18 | 0] << 16 | HEAPU8[$4_1 + 19 | 0] << 24);
    $31_1 = HEAPU8[$4_1 + 12 | 0] | HEAPU8[$4_1 + 13 | 0] << 8 | (HEAPU8[$4_1 + 14 | 0] << 16 | HEAPU8[$4_1 + 15 | 0] << 24);
    $32 = HEAPU8[$4_1 | 0] | HEAPU8[$4_1 + 1 | 0] << 8 | (HEAPU8[$4_1 + 2 | 0] << 16 | HEAPU8[$4_1 + 3 | 0] << 24);
    $33_1 = HEAPU8[$4_1 + 4 | 0] | HEAPU8[$4_1 + 5 | 0] << 8 | (HEAPU8[$4_1 + 6 | 0] << 16 | HEAPU8[$4_1 + 7 | 0] << 24);
    $10_1 = Math_fround(Math_fround($10_1 + (wasm2js_scratch_store_i32(2, HEAPU8[$5_1 + 8 | 0] | HEAPU8[$5_1 + 9 | 0] << 8 | (HEAPU8[$5_1 + 10 | 0] << 16 | HEAPU8[$5_1 + 11 | 0] << 24)), wasm2js_scratch_load_f32())) - (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 8 | 0] | HEAPU8[$4_1 + 9 | 0] << 8 | (HEAPU8[$4_1 + 10 | 0] << 16 | HEAPU8[$4_1 + 11 | 0] << 24)), wasm2js_scratch_load_f32()));
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($10_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 8 | 0] = $5_1;
    HEAP8[$3_1 + 9 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 10 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 11 | 0] = $5_1 >>> 24;
    $8_1 = Math_fround(Math_fround($8_1 + $24_1) - (wasm2js_scratch_store_i32(2, $33_1), wasm2js_scratch_load_f32()));
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($8_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 4 | 0] = $5_1;
    HEAP8[$3_1 + 5 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 6 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 7 | 0] = $5_1 >>> 24;
    $9_1 = Math_fround(Math_fround($9_1 + $23) - (wasm2js_scratch_store_i32(2, $32), wasm2js_scratch_load_f32()));
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($9_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 | 0] = $5_1;
    HEAP8[$3_1 + 1 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 2 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 3 | 0] = $5_1 >>> 24;
    $11_1 = Math_fround(Math_fround($11_1 + $22) - (wasm2js_scratch_store_i32(2, $31_1), wasm2js_scratch_load_f32()));
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($11_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 12 | 0] = $5_1;
    HEAP8[$3_1 + 13 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 14 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 15 | 0] = $5_1 >>> 24;
    $12_1 = Math_fround(Math_fround($12_1 + $21_1) - (wasm2js_scratch_store_i32(2, $30_1), wasm2js_scratch_load_f32()));
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($12_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 16 | 0] = $5_1;
    HEAP8[$3_1 + 17 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 18 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 19 | 0] = $5_1 >>> 24;
    $13_1 = Math_fround(Math_fround($13_1 + $20) - (wasm2js_scratch_store_i32(2, $29_1), wasm2js_scratch_load_f32()));
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($13_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 20 | 0] = $5_1;
    HEAP8[$3_1 + 21 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 22 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 23 | 0] = $5_1 >>> 24;
    $14_1 = Math_fround(Math_fround($14_1 + $19_1) - (wasm2js_scratch_store_i32(2, $28_1), wasm2js_scratch_load_f32()));
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($14_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 24 | 0] = $5_1;
    HEAP8[$3_1 + 25 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 26 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 27 | 0] = $5_1 >>> 24;
    $15_1 = Math_fround(Math_fround($15_1 + $18_1) - (wasm2js_scratch_store_i32(2, $27_1), wasm2js_scratch_load_f32()));
    $5_1 = (wasm2js_scratch_store_f32(Math_fround($15_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 28 | 0] = $5_1;
    HEAP8[$3_1 + 29 | 0] = $5_1 >>> 8;
    HEAP8[$3_1 + 30 | 0] = $5_1 >>> 16;
    HEAP8[$3_1 + 31 | 0] = $5_1 >>> 24;
    $4_1 = $4_1 + 32 | 0;
    $3_1 = $3_1 + 32 | 0;
    $17_1 = $17_1 - 1 | 0;
    if ($17_1) {
     continue
    }
    break;
   };
  }
  if (($2_1 | 0) >= 2) {
   $4_1 = $0_1;
   $0_1 = ($2_1 | 0) < ($16_1 | 0) ? $16_1 : $2_1;
   $4_1 = $4_1 + (((($0_1 | 0) > ($1_1 | 0) ? $0_1 : $1_1) << 5) - ($7_1 << 5) | 0) | 0;
   $7_1 = ($25 | 0) <= 1 ? 1 : $25;
   while (1) {
    $18_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 28 | 0] | HEAPU8[$4_1 + 29 | 0] << 8 | (HEAPU8[$4_1 + 30 | 0] << 16 | HEAPU8[$4_1 + 31 | 0] << 24)), wasm2js_scratch_load_f32());
    $19_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 24 | 0] | HEAPU8[$4_1 + 25 | 0] << 8 | (HEAPU8[$4_1 + 26 | 0] << 16 | HEAPU8[$4_1 + 27 | 0] << 24)), wasm2js_scratch_load_f32());
    $20 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 20 | 0] | HEAPU8[$4_1 + 21 | 0] << 8 | (HEAPU8[$4_1 + 22 | 0] << 16 | HEAPU8[$4_1 + 23 | 0] << 24)), wasm2js_scratch_load_f32());
    $21_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 16 | 0] | HEAPU8[$4_1 + 17 | 0] << 8 | (HEAPU8[$4_1 + 18 | 0] << 16 | HEAPU8[$4_1 + 19 | 0] << 24)), wasm2js_scratch_load_f32());
    $22 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 12 | 0] | HEAPU8[$4_1 + 13 | 0] << 8 | (HEAPU8[$4_1 + 14 | 0] << 16 | HEAPU8[$4_1 + 15 | 0] << 24)), wasm2js_scratch_load_f32());
    $23 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 8 | 0] | HEAPU8[$4_1 + 9 | 0] << 8 | (HEAPU8[$4_1 + 10 | 0] << 16 | HEAPU8[$4_1 + 11 | 0] << 24)), wasm2js_scratch_load_f32());
    $24_1 = (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 | 0] | HEAPU8[$4_1 + 1 | 0] << 8 | (HEAPU8[$4_1 + 2 | 0] << 16 | HEAPU8[$4_1 + 3 | 0] << 24)), wasm2js_scratch_load_f32());
    $8_1 = Math_fround($8_1 - (wasm2js_scratch_store_i32(2, HEAPU8[$4_1 + 4 | 0] | HEAPU8[$4_1 + 5 | 0] << 8 | (HEAPU8[$4_1 + 6 | 0] << 16 | HEAPU8[$4_1 + 7 | 0] << 24)), wasm2js_scratch_load_f32()));
    $6_1 = Math_fround($6_1 + Math_fround(-1.0));
    $0_1 = (wasm2js_scratch_store_f32(Math_fround($8_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 4 | 0] = $0_1;
    HEAP8[$3_1 + 5 | 0] = $0_1 >>> 8;
    HEAP8[$3_1 + 6 | 0] = $0_1 >>> 16;
    HEAP8[$3_1 + 7 | 0] = $0_1 >>> 24;
    $9_1 = Math_fround($9_1 - $24_1);
    $0_1 = (wasm2js_scratch_store_f32(Math_fround($9_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 | 0] = $0_1;
    HEAP8[$3_1 + 1 | 0] = $0_1 >>> 8;
    HEAP8[$3_1 + 2 | 0] = $0_1 >>> 16;
    HEAP8[$3_1 + 3 | 0] = $0_1 >>> 24;
    $10_1 = Math_fround($10_1 - $23);
    $0_1 = (wasm2js_scratch_store_f32(Math_fround($10_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 8 | 0] = $0_1;
    HEAP8[$3_1 + 9 | 0] = $0_1 >>> 8;
    HEAP8[$3_1 + 10 | 0] = $0_1 >>> 16;
    HEAP8[$3_1 + 11 | 0] = $0_1 >>> 24;
    $11_1 = Math_fround($11_1 - $22);
    $0_1 = (wasm2js_scratch_store_f32(Math_fround($11_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 12 | 0] = $0_1;
    HEAP8[$3_1 + 13 | 0] = $0_1 >>> 8;
    HEAP8[$3_1 + 14 | 0] = $0_1 >>> 16;
    HEAP8[$3_1 + 15 | 0] = $0_1 >>> 24;
    $12_1 = Math_fround($12_1 - $21_1);
    $0_1 = (wasm2js_scratch_store_f32(Math_fround($12_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 16 | 0] = $0_1;
    HEAP8[$3_1 + 17 | 0] = $0_1 >>> 8;
    HEAP8[$3_1 + 18 | 0] = $0_1 >>> 16;
    HEAP8[$3_1 + 19 | 0] = $0_1 >>> 24;
    $13_1 = Math_fround($13_1 - $20);
    $0_1 = (wasm2js_scratch_store_f32(Math_fround($13_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 20 | 0] = $0_1;
    HEAP8[$3_1 + 21 | 0] = $0_1 >>> 8;
    HEAP8[$3_1 + 22 | 0] = $0_1 >>> 16;
    HEAP8[$3_1 + 23 | 0] = $0_1 >>> 24;
    $14_1 = Math_fround($14_1 - $19_1);
    $0_1 = (wasm2js_scratch_store_f32(Math_fround($14_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 24 | 0] = $0_1;
    HEAP8[$3_1 + 25 | 0] = $0_1 >>> 8;
    HEAP8[$3_1 + 26 | 0] = $0_1 >>> 16;
    HEAP8[$3_1 + 27 | 0] = $0_1 >>> 24;
    $15_1 = Math_fround($15_1 - $18_1);
    $0_1 = (wasm2js_scratch_store_f32(Math_fround($15_1 / $6_1)), wasm2js_scratch_load_i32(2));
    HEAP8[$3_1 + 28 | 0] = $0_1;
    HEAP8[$3_1 + 29 | 0] = $0_1 >>> 8;
    HEAP8[$3_1 + 30 | 0] = $0_1 >>> 16;
    HEAP8[$3_1 + 31 | 0] = $0_1 >>> 24;
    $4_1 = $4_1 + 32 | 0;
    $3_1 = $3_1 + 32 | 0;
    $7_1 = $7_1 - 1 | 0;
    if ($7_1) {
     continue
    }
    break;
   };
  }
 }
 
 function $52($0_1, $1_1, $2_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  var $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0, $16_1 = 0, $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0, $22 = 0, $23 = 0, $24_1 = 0, $25 = 0, $26 = 0, $27_1 = 0, $28_1 = 0, $29_1 = 0, $30_1 = 0, $31_1 = 0, $32 = 0, $33_1 = 0, $34_1 = 0, $35_1 = 0, $36 = 0, $37_1 = 0, $38_1 = 0, $39 = 0, $40_1 = 0, $41_1 = 0, $42_1 = 0, $43 = 0, $44 = 0, $45_1 = 0, $46_1 = 0, $47_1 = 0, $48_1 = 0, $49_1 = 0, $50_1 = 0, $51_1 = 0, $52_1 = 0, $53_1 = 0, $54_1 = 0, $55 = 0, $56 = 0, $57 = 0, $58 = 0, $59 = 0, $60 = 0, $61 = 0, $62 = 0, $63 = 0, $64 = 0, $65 = 0, $66 = 0, $67 = 0, $68 = 0, $69 = 0, $70 = 0, $71 = 0, $72 = 0, $73 = 0;
  $13_1 = global$0;
  $71 = $13_1;
  $5_1 = $13_1 - 512 & -32;
  global$0 = $5_1;
  $13_1 = 0;
  if (($1_1 | 0) >= 8) {
   $72 = $5_1 + 384 | 0;
   $73 = $5_1 + 128 | 0;
   $4_1 = 8;
   while (1) {
    $13_1 = $4_1;
    $4_1 = ($12_1 << 5) + $0_1 | 0;
    $3_1 = HEAPU8[$4_1 + 28 | 0] | HEAPU8[$4_1 + 29 | 0] << 8 | (HEAPU8[$4_1 + 30 | 0] << 16 | HEAPU8[$4_1 + 31 | 0] << 24);
    HEAP32[$5_1 + 24 >> 2] = HEAPU8[$4_1 + 24 | 0] | HEAPU8[$4_1 + 25 | 0] << 8 | (HEAPU8[$4_1 + 26 | 0] << 16 | HEAPU8[$4_1 + 27 | 0] << 24);
    HEAP32[$5_1 + 28 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 20 | 0] | HEAPU8[$4_1 + 21 | 0] << 8 | (HEAPU8[$4_1 + 22 | 0] << 16 | HEAPU8[$4_1 + 23 | 0] << 24);
    HEAP32[$5_1 + 16 >> 2] = HEAPU8[$4_1 + 16 | 0] | HEAPU8[$4_1 + 17 | 0] << 8 | (HEAPU8[$4_1 + 18 | 0] << 16 | HEAPU8[$4_1 + 19 | 0] << 24);
    HEAP32[$5_1 + 20 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 12 | 0] | HEAPU8[$4_1 + 13 | 0] << 8 | (HEAPU8[$4_1 + 14 | 0] << 16 | HEAPU8[$4_1 + 15 | 0] << 24);
    HEAP32[$5_1 + 8 >> 2] = HEAPU8[$4_1 + 8 | 0] | HEAPU8[$4_1 + 9 | 0] << 8 | (HEAPU8[$4_1 + 10 | 0] << 16 | HEAPU8[$4_1 + 11 | 0] << 24);
    HEAP32[$5_1 + 12 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 4 | 0] | HEAPU8[$4_1 + 5 | 0] << 8 | (HEAPU8[$4_1 + 6 | 0] << 16 | HEAPU8[$4_1 + 7 | 0] << 24);
    HEAP32[$5_1 >> 2] = HEAPU8[$4_1 | 0] | HEAPU8[$4_1 + 1 | 0] << 8 | (HEAPU8[$4_1 + 2 | 0] << 16 | HEAPU8[$4_1 + 3 | 0] << 24);
    HEAP32[$5_1 + 4 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 60 | 0] | HEAPU8[$4_1 + 61 | 0] << 8 | (HEAPU8[$4_1 + 62 | 0] << 16 | HEAPU8[$4_1 + 63 | 0] << 24);
    HEAP32[$5_1 + 56 >> 2] = HEAPU8[$4_1 + 56 | 0] | HEAPU8[$4_1 + 57 | 0] << 8 | (HEAPU8[$4_1 + 58 | 0] << 16 | HEAPU8[$4_1 + 59 | 0] << 24);
    HEAP32[$5_1 + 60 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 52 | 0] | HEAPU8[$4_1 + 53 | 0] << 8 | (HEAPU8[$4_1 + 54 | 0] << 16 | HEAPU8[$4_1 + 55 | 0] << 24);
    HEAP32[$5_1 + 48 >> 2] = HEAPU8[$4_1 + 48 | 0] | HEAPU8[$4_1 + 49 | 0] << 8 | (HEAPU8[$4_1 + 50 | 0] << 16 | HEAPU8[$4_1 + 51 | 0] << 24);
    HEAP32[$5_1 + 52 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 44 | 0] | HEAPU8[$4_1 + 45 | 0] << 8 | (HEAPU8[$4_1 + 46 | 0] << 16 | HEAPU8[$4_1 + 47 | 0] << 24);
    HEAP32[$5_1 + 40 >> 2] = HEAPU8[$4_1 + 40 | 0] | HEAPU8[$4_1 + 41 | 0] << 8 | (HEAPU8[$4_1 + 42 | 0] << 16 | HEAPU8[$4_1 + 43 | 0] << 24);
    HEAP32[$5_1 + 44 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 36 | 0] | HEAPU8[$4_1 + 37 | 0] << 8 | (HEAPU8[$4_1 + 38 | 0] << 16 | HEAPU8[$4_1 + 39 | 0] << 24);
    HEAP32[$5_1 + 32 >> 2] = HEAPU8[$4_1 + 32 | 0] | HEAPU8[$4_1 + 33 | 0] << 8 | (HEAPU8[$4_1 + 34 | 0] << 16 | HEAPU8[$4_1 + 35 | 0] << 24);
    HEAP32[$5_1 + 36 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 92 | 0] | HEAPU8[$4_1 + 93 | 0] << 8 | (HEAPU8[$4_1 + 94 | 0] << 16 | HEAPU8[$4_1 + 95 | 0] << 24);
    HEAP32[$5_1 + 88 >> 2] = HEAPU8[$4_1 + 88 | 0] | HEAPU8[$4_1 + 89 | 0] << 8 | (HEAPU8[$4_1 + 90 | 0] << 16 | HEAPU8[$4_1 + 91 | 0] << 24);
    HEAP32[$5_1 + 92 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 84 | 0] | HEAPU8[$4_1 + 85 | 0] << 8 | (HEAPU8[$4_1 + 86 | 0] << 16 | HEAPU8[$4_1 + 87 | 0] << 24);
    HEAP32[$5_1 + 80 >> 2] = HEAPU8[$4_1 + 80 | 0] | HEAPU8[$4_1 + 81 | 0] << 8 | (HEAPU8[$4_1 + 82 | 0] << 16 | HEAPU8[$4_1 + 83 | 0] << 24);
    HEAP32[$5_1 + 84 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 76 | 0] | HEAPU8[$4_1 + 77 | 0] << 8 | (HEAPU8[$4_1 + 78 | 0] << 16 | HEAPU8[$4_1 + 79 | 0] << 24);
    HEAP32[$5_1 + 72 >> 2] = HEAPU8[$4_1 + 72 | 0] | HEAPU8[$4_1 + 73 | 0] << 8 | (HEAPU8[$4_1 + 74 | 0] << 16 | HEAPU8[$4_1 + 75 | 0] << 24);
    HEAP32[$5_1 + 76 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 68 | 0] | HEAPU8[$4_1 + 69 | 0] << 8 | (HEAPU8[$4_1 + 70 | 0] << 16 | HEAPU8[$4_1 + 71 | 0] << 24);
    HEAP32[$5_1 + 64 >> 2] = HEAPU8[$4_1 + 64 | 0] | HEAPU8[$4_1 + 65 | 0] << 8 | (HEAPU8[$4_1 + 66 | 0] << 16 | HEAPU8[$4_1 + 67 | 0] << 24);
    HEAP32[$5_1 + 68 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 124 | 0] | HEAPU8[$4_1 + 125 | 0] << 8 | (HEAPU8[$4_1 + 126 | 0] << 16 | HEAPU8[$4_1 + 127 | 0] << 24);
    HEAP32[$5_1 + 120 >> 2] = HEAPU8[$4_1 + 120 | 0] | HEAPU8[$4_1 + 121 | 0] << 8 | (HEAPU8[$4_1 + 122 | 0] << 16 | HEAPU8[$4_1 + 123 | 0] << 24);
    HEAP32[$5_1 + 124 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 116 | 0] | HEAPU8[$4_1 + 117 | 0] << 8 | (HEAPU8[$4_1 + 118 | 0] << 16 | HEAPU8[$4_1 + 119 | 0] << 24);
    HEAP32[$5_1 + 112 >> 2] = HEAPU8[$4_1 + 112 | 0] | HEAPU8[$4_1 + 113 | 0] << 8 | (HEAPU8[$4_1 + 114 | 0] << 16 | HEAPU8[$4_1 + 115 | 0] << 24);
    HEAP32[$5_1 + 116 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 108 | 0] | HEAPU8[$4_1 + 109 | 0] << 8 | (HEAPU8[$4_1 + 110 | 0] << 16 | HEAPU8[$4_1 + 111 | 0] << 24);
    HEAP32[$5_1 + 104 >> 2] = HEAPU8[$4_1 + 104 | 0] | HEAPU8[$4_1 + 105 | 0] << 8 | (HEAPU8[$4_1 + 106 | 0] << 16 | HEAPU8[$4_1 + 107 | 0] << 24);
    HEAP32[$5_1 + 108 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 100 | 0] | HEAPU8[$4_1 + 101 | 0] << 8 | (HEAPU8[$4_1 + 102 | 0] << 16 | HEAPU8[$4_1 + 103 | 0] << 24);
    HEAP32[$5_1 + 96 >> 2] = HEAPU8[$4_1 + 96 | 0] | HEAPU8[$4_1 + 97 | 0] << 8 | (HEAPU8[$4_1 + 98 | 0] << 16 | HEAPU8[$4_1 + 99 | 0] << 24);
    HEAP32[$5_1 + 100 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 156 | 0] | HEAPU8[$4_1 + 157 | 0] << 8 | (HEAPU8[$4_1 + 158 | 0] << 16 | HEAPU8[$4_1 + 159 | 0] << 24);
    HEAP32[$5_1 + 152 >> 2] = HEAPU8[$4_1 + 152 | 0] | HEAPU8[$4_1 + 153 | 0] << 8 | (HEAPU8[$4_1 + 154 | 0] << 16 | HEAPU8[$4_1 + 155 | 0] << 24);
    HEAP32[$5_1 + 156 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 148 | 0] | HEAPU8[$4_1 + 149 | 0] << 8 | (HEAPU8[$4_1 + 150 | 0] << 16 | HEAPU8[$4_1 + 151 | 0] << 24);
    HEAP32[$5_1 + 144 >> 2] = HEAPU8[$4_1 + 144 | 0] | HEAPU8[$4_1 + 145 | 0] << 8 | (HEAPU8[$4_1 + 146 | 0] << 16 | HEAPU8[$4_1 + 147 | 0] << 24);
    HEAP32[$5_1 + 148 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 140 | 0] | HEAPU8[$4_1 + 141 | 0] << 8 | (HEAPU8[$4_1 + 142 | 0] << 16 | HEAPU8[$4_1 + 143 | 0] << 24);
    HEAP32[$5_1 + 136 >> 2] = HEAPU8[$4_1 + 136 | 0] | HEAPU8[$4_1 + 137 | 0] << 8 | (HEAPU8[$4_1 + 138 | 0] << 16 | HEAPU8[$4_1 + 139 | 0] << 24);
    HEAP32[$5_1 + 140 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 132 | 0] | HEAPU8[$4_1 + 133 | 0] << 8 | (HEAPU8[$4_1 + 134 | 0] << 16 | HEAPU8[$4_1 + 135 | 0] << 24);
    HEAP32[$5_1 + 128 >> 2] = HEAPU8[$4_1 + 128 | 0] | HEAPU8[$4_1 + 129 | 0] << 8 | (HEAPU8[$4_1 + 130 | 0] << 16 | HEAPU8[$4_1 + 131 | 0] << 24);
    HEAP32[$5_1 + 132 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 188 | 0] | HEAPU8[$4_1 + 189 | 0] << 8 | (HEAPU8[$4_1 + 190 | 0] << 16 | HEAPU8[$4_1 + 191 | 0] << 24);
    HEAP32[$5_1 + 184 >> 2] = HEAPU8[$4_1 + 184 | 0] | HEAPU8[$4_1 + 185 | 0] << 8 | (HEAPU8[$4_1 + 186 | 0] << 16 | HEAPU8[$4_1 + 187 | 0] << 24);
    HEAP32[$5_1 + 188 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 180 | 0] | HEAPU8[$4_1 + 181 | 0] << 8 | (HEAPU8[$4_1 + 182 | 0] << 16 | HEAPU8[$4_1 + 183 | 0] << 24);
    HEAP32[$5_1 + 176 >> 2] = HEAPU8[$4_1 + 176 | 0] | HEAPU8[$4_1 + 177 | 0] << 8 | (HEAPU8[$4_1 + 178 | 0] << 16 | HEAPU8[$4_1 + 179 | 0] << 24);
    HEAP32[$5_1 + 180 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 172 | 0] | HEAPU8[$4_1 + 173 | 0] << 8 | (HEAPU8[$4_1 + 174 | 0] << 16 | HEAPU8[$4_1 + 175 | 0] << 24);
    HEAP32[$5_1 + 168 >> 2] = HEAPU8[$4_1 + 168 | 0] | HEAPU8[$4_1 + 169 | 0] << 8 | (HEAPU8[$4_1 + 170 | 0] << 16 | HEAPU8[$4_1 + 171 | 0] << 24);
    HEAP32[$5_1 + 172 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 164 | 0] | HEAPU8[$4_1 + 165 | 0] << 8 | (HEAPU8[$4_1 + 166 | 0] << 16 | HEAPU8[$4_1 + 167 | 0] << 24);
    HEAP32[$5_1 + 160 >> 2] = HEAPU8[$4_1 + 160 | 0] | HEAPU8[$4_1 + 161 | 0] << 8 | (HEAPU8[$4_1 + 162 | 0] << 16 | HEAPU8[$4_1 + 163 | 0] << 24);
    HEAP32[$5_1 + 164 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 220 | 0] | HEAPU8[$4_1 + 221 | 0] << 8 | (HEAPU8[$4_1 + 222 | 0] << 16 | HEAPU8[$4_1 + 223 | 0] << 24);
    HEAP32[$5_1 + 216 >> 2] = HEAPU8[$4_1 + 216 | 0] | HEAPU8[$4_1 + 217 | 0] << 8 | (HEAPU8[$4_1 + 218 | 0] << 16 | HEAPU8[$4_1 + 219 | 0] << 24);
    HEAP32[$5_1 + 220 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 212 | 0] | HEAPU8[$4_1 + 213 | 0] << 8 | (HEAPU8[$4_1 + 214 | 0] << 16 | HEAPU8[$4_1 + 215 | 0] << 24);
    HEAP32[$5_1 + 208 >> 2] = HEAPU8[$4_1 + 208 | 0] | HEAPU8[$4_1 + 209 | 0] << 8 | (HEAPU8[$4_1 + 210 | 0] << 16 | HEAPU8[$4_1 + 211 | 0] << 24);
    HEAP32[$5_1 + 212 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 204 | 0] | HEAPU8[$4_1 + 205 | 0] << 8 | (HEAPU8[$4_1 + 206 | 0] << 16 | HEAPU8[$4_1 + 207 | 0] << 24);
    HEAP32[$5_1 + 200 >> 2] = HEAPU8[$4_1 + 200 | 0] | HEAPU8[$4_1 + 201 | 0] << 8 | (HEAPU8[$4_1 + 202 | 0] << 16 | HEAPU8[$4_1 + 203 | 0] << 24);
    HEAP32[$5_1 + 204 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 196 | 0] | HEAPU8[$4_1 + 197 | 0] << 8 | (HEAPU8[$4_1 + 198 | 0] << 16 | HEAPU8[$4_1 + 199 | 0] << 24);
    HEAP32[$5_1 + 192 >> 2] = HEAPU8[$4_1 + 192 | 0] | HEAPU8[$4_1 + 193 | 0] << 8 | (HEAPU8[$4_1 + 194 | 0] << 16 | HEAPU8[$4_1 + 195 | 0] << 24);
    HEAP32[$5_1 + 196 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 252 | 0] | HEAPU8[$4_1 + 253 | 0] << 8 | (HEAPU8[$4_1 + 254 | 0] << 16 | HEAPU8[$4_1 + 255 | 0] << 24);
    HEAP32[$5_1 + 248 >> 2] = HEAPU8[$4_1 + 248 | 0] | HEAPU8[$4_1 + 249 | 0] << 8 | (HEAPU8[$4_1 + 250 | 0] << 16 | HEAPU8[$4_1 + 251 | 0] << 24);
    HEAP32[$5_1 + 252 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 244 | 0] | HEAPU8[$4_1 + 245 | 0] << 8 | (HEAPU8[$4_1 + 246 | 0] << 16 | HEAPU8[$4_1 + 247 | 0] << 24);
    HEAP32[$5_1 + 240 >> 2] = HEAPU8[$4_1 + 240 | 0] | HEAPU8[$4_1 + 241 | 0] << 8 | (HEAPU8[$4_1 + 242 | 0] << 16 | HEAPU8[$4_1 + 243 | 0] << 24);
    HEAP32[$5_1 + 244 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 236 | 0] | HEAPU8[$4_1 + 237 | 0] << 8 | (HEAPU8[$4_1 + 238 | 0] << 16 | HEAPU8[$4_1 + 239 | 0] << 24);
    HEAP32[$5_1 + 232 >> 2] = HEAPU8[$4_1 + 232 | 0] | HEAPU8[$4_1 + 233 | 0] << 8 | (HEAPU8[$4_1 + 234 | 0] << 16 | HEAPU8[$4_1 + 235 | 0] << 24);
    HEAP32[$5_1 + 236 >> 2] = $3_1;
    $3_1 = HEAPU8[$4_1 + 228 | 0] | HEAPU8[$4_1 + 229 | 0] << 8 | (HEAPU8[$4_1 + 230 | 0] << 16 | HEAPU8[$4_1 + 231 | 0] << 24);
    HEAP32[$5_1 + 224 >> 2] = HEAPU8[$4_1 + 224 | 0] | HEAPU8[$4_1 + 225 | 0] << 8 | (HEAPU8[$4_1 + 226 | 0] << 16 | HEAPU8[$4_1 + 227 | 0] << 24);
    HEAP32[$5_1 + 228 >> 2] = $3_1;
    $6_1 = -2;
    $11_1 = 0;
    while (1) {
     $15_1 = $5_1 + 256 | 0;
     $4_1 = $15_1 + $11_1 | 0;
     $3_1 = $5_1 + $11_1 | 0;
     HEAPF32[$4_1 + 56 >> 2] = HEAPF32[$3_1 + 28 >> 2];
     HEAPF32[$4_1 + 48 >> 2] = HEAPF32[$3_1 + 20 >> 2];
     HEAPF32[$4_1 + 40 >> 2] = HEAPF32[$3_1 + 12 >> 2];
     HEAPF32[$4_1 + 32 >> 2] = HEAPF32[$3_1 + 4 >> 2];
     HEAPF32[$4_1 + 24 >> 2] = HEAPF32[$3_1 + 24 >> 2];
     HEAPF32[$4_1 + 16 >> 2] = HEAPF32[$3_1 + 16 >> 2];
     HEAPF32[$4_1 + 8 >> 2] = HEAPF32[$3_1 + 8 >> 2];
     HEAPF32[$4_1 >> 2] = HEAPF32[$3_1 >> 2];
     HEAPF32[$4_1 + 60 >> 2] = HEAPF32[$3_1 + 60 >> 2];
     HEAPF32[$4_1 + 52 >> 2] = HEAPF32[$3_1 + 52 >> 2];
     HEAPF32[$4_1 + 44 >> 2] = HEAPF32[$3_1 + 44 >> 2];
     HEAPF32[$4_1 + 36 >> 2] = HEAPF32[$3_1 + 36 >> 2];
     HEAPF32[$4_1 + 28 >> 2] = HEAPF32[$3_1 + 56 >> 2];
     HEAPF32[$4_1 + 20 >> 2] = HEAPF32[$3_1 + 48 >> 2];
     HEAPF32[$4_1 + 12 >> 2] = HEAPF32[$3_1 + 40 >> 2];
     HEAPF32[$4_1 + 4 >> 2] = HEAPF32[$3_1 + 32 >> 2];
     $11_1 = $11_1 - -64 | 0;
     $6_1 = $6_1 + 2 | 0;
     if ($6_1 >>> 0 < 6) {
      continue
     }
     break;
    };
    $11_1 = 0;
    $4_1 = $15_1;
    $3_1 = $5_1;
    $16_1 = 1;
    while (1) {
     $10_1 = HEAP32[$4_1 + 20 >> 2];
     HEAP32[$3_1 + 16 >> 2] = HEAP32[$4_1 + 16 >> 2];
     HEAP32[$3_1 + 20 >> 2] = $10_1;
     $10_1 = HEAP32[$4_1 + 4 >> 2];
     HEAP32[$3_1 >> 2] = HEAP32[$4_1 >> 2];
     HEAP32[$3_1 + 4 >> 2] = $10_1;
     $15_1 = $5_1 + 256 | 0;
     $11_1 = $11_1 << 5;
     $8_1 = $11_1 | 64;
     $10_1 = $15_1 + $8_1 | 0;
     $6_1 = HEAP32[$10_1 + 20 >> 2];
     HEAP32[$3_1 + 24 >> 2] = HEAP32[$10_1 + 16 >> 2];
     HEAP32[$3_1 + 28 >> 2] = $6_1;
     $6_1 = HEAP32[$10_1 + 4 >> 2];
     HEAP32[$3_1 + 8 >> 2] = HEAP32[$10_1 >> 2];
     HEAP32[$3_1 + 12 >> 2] = $6_1;
     $3_1 = HEAP32[$4_1 + 28 >> 2];
     $17_1 = $5_1 + $8_1 | 0;
     $6_1 = $17_1;
     HEAP32[$6_1 + 16 >> 2] = HEAP32[$4_1 + 24 >> 2];
     HEAP32[$6_1 + 20 >> 2] = $3_1;
     $3_1 = HEAP32[$4_1 + 12 >> 2];
     HEAP32[$6_1 >> 2] = HEAP32[$4_1 + 8 >> 2];
     HEAP32[$6_1 + 4 >> 2] = $3_1;
     $3_1 = $11_1 | 32;
     $8_1 = $3_1 + $5_1 | 0;
     $4_1 = $8_1;
     $14_1 = $3_1 + $15_1 | 0;
     $3_1 = HEAP32[$14_1 + 20 >> 2];
     HEAP32[$4_1 + 16 >> 2] = HEAP32[$14_1 + 16 >> 2];
     HEAP32[$4_1 + 20 >> 2] = $3_1;
     $3_1 = HEAP32[$14_1 + 4 >> 2];
     HEAP32[$4_1 >> 2] = HEAP32[$14_1 >> 2];
     HEAP32[$4_1 + 4 >> 2] = $3_1;
     $3_1 = HEAP32[$14_1 + 28 >> 2];
     $6_1 = $11_1 | 96;
     $4_1 = $6_1 + $5_1 | 0;
     HEAP32[$4_1 + 16 >> 2] = HEAP32[$14_1 + 24 >> 2];
     HEAP32[$4_1 + 20 >> 2] = $3_1;
     $3_1 = HEAP32[$14_1 + 12 >> 2];
     HEAP32[$4_1 >> 2] = HEAP32[$14_1 + 8 >> 2];
     HEAP32[$4_1 + 4 >> 2] = $3_1;
     $6_1 = $6_1 + $15_1 | 0;
     $3_1 = HEAP32[$6_1 + 20 >> 2];
     HEAP32[$8_1 + 24 >> 2] = HEAP32[$6_1 + 16 >> 2];
     HEAP32[$8_1 + 28 >> 2] = $3_1;
     $3_1 = HEAP32[$6_1 + 4 >> 2];
     HEAP32[$8_1 + 8 >> 2] = HEAP32[$6_1 >> 2];
     HEAP32[$8_1 + 12 >> 2] = $3_1;
     $3_1 = HEAP32[$6_1 + 28 >> 2];
     HEAP32[$4_1 + 24 >> 2] = HEAP32[$6_1 + 24 >> 2];
     HEAP32[$4_1 + 28 >> 2] = $3_1;
     $3_1 = HEAP32[$6_1 + 12 >> 2];
     HEAP32[$4_1 + 8 >> 2] = HEAP32[$6_1 + 8 >> 2];
     HEAP32[$4_1 + 12 >> 2] = $3_1;
     $3_1 = HEAP32[$10_1 + 28 >> 2];
     HEAP32[$17_1 + 24 >> 2] = HEAP32[$10_1 + 24 >> 2];
     HEAP32[$17_1 + 28 >> 2] = $3_1;
     $3_1 = HEAP32[$10_1 + 12 >> 2];
     HEAP32[$17_1 + 8 >> 2] = HEAP32[$10_1 + 8 >> 2];
     HEAP32[$17_1 + 12 >> 2] = $3_1;
     $10_1 = $16_1 & 1;
     $11_1 = 4;
     $16_1 = 0;
     $3_1 = $73;
     $4_1 = $72;
     if ($10_1) {
      continue
     }
     break;
    };
    $11_1 = 0;
    while (1) {
     $6_1 = $5_1 + $11_1 | 0;
     $3_1 = HEAP32[$6_1 + 28 >> 2];
     $8_1 = ($5_1 + 256 | 0) + $11_1 | 0;
     $4_1 = $8_1 + 136 | 0;
     HEAP32[$4_1 >> 2] = HEAP32[$6_1 + 24 >> 2];
     HEAP32[$4_1 + 4 >> 2] = $3_1;
     $3_1 = HEAP32[$6_1 + 20 >> 2];
     $4_1 = $8_1 + 128 | 0;
     HEAP32[$4_1 >> 2] = HEAP32[$6_1 + 16 >> 2];
     HEAP32[$4_1 + 4 >> 2] = $3_1;
     $3_1 = HEAP32[$6_1 + 12 >> 2];
     HEAP32[$8_1 + 8 >> 2] = HEAP32[$6_1 + 8 >> 2];
     HEAP32[$8_1 + 12 >> 2] = $3_1;
     $3_1 = HEAP32[$6_1 + 4 >> 2];
     HEAP32[$8_1 >> 2] = HEAP32[$6_1 >> 2];
     HEAP32[$8_1 + 4 >> 2] = $3_1;
     $4_1 = $6_1 + 152 | 0;
     $3_1 = HEAP32[$4_1 + 4 >> 2];
     $10_1 = $8_1 + 152 | 0;
     HEAP32[$10_1 >> 2] = HEAP32[$4_1 >> 2];
     HEAP32[$10_1 + 4 >> 2] = $3_1;
     $4_1 = $6_1 + 144 | 0;
     $3_1 = HEAP32[$4_1 + 4 >> 2];
     $10_1 = $8_1 + 144 | 0;
     HEAP32[$10_1 >> 2] = HEAP32[$4_1 >> 2];
     HEAP32[$10_1 + 4 >> 2] = $3_1;
     $4_1 = $6_1 + 136 | 0;
     $3_1 = HEAP32[$4_1 + 4 >> 2];
     HEAP32[$8_1 + 24 >> 2] = HEAP32[$4_1 >> 2];
     HEAP32[$8_1 + 28 >> 2] = $3_1;
     $4_1 = $6_1 + 128 | 0;
     $3_1 = HEAP32[$4_1 + 4 >> 2];
     HEAP32[$8_1 + 16 >> 2] = HEAP32[$4_1 >> 2];
     HEAP32[$8_1 + 20 >> 2] = $3_1;
     $11_1 = $11_1 + 32 | 0;
     if (($11_1 | 0) != 128) {
      continue
     }
     break;
    };
    $18_1 = HEAP32[$5_1 + 284 >> 2];
    HEAPF32[$5_1 + 28 >> 2] = HEAPF32[$5_1 + 284 >> 2];
    $19_1 = HEAP32[$5_1 + 280 >> 2];
    HEAPF32[$5_1 + 24 >> 2] = HEAPF32[$5_1 + 280 >> 2];
    $20 = HEAP32[$5_1 + 276 >> 2];
    HEAPF32[$5_1 + 20 >> 2] = HEAPF32[$5_1 + 276 >> 2];
    $21_1 = HEAP32[$5_1 + 272 >> 2];
    HEAPF32[$5_1 + 16 >> 2] = HEAPF32[$5_1 + 272 >> 2];
    $22 = HEAP32[$5_1 + 268 >> 2];
    HEAPF32[$5_1 + 12 >> 2] = HEAPF32[$5_1 + 268 >> 2];
    $23 = HEAP32[$5_1 + 264 >> 2];
    HEAPF32[$5_1 + 8 >> 2] = HEAPF32[$5_1 + 264 >> 2];
    $24_1 = HEAP32[$5_1 + 260 >> 2];
    HEAPF32[$5_1 + 4 >> 2] = HEAPF32[$5_1 + 260 >> 2];
    $7_1 = HEAP32[$5_1 + 256 >> 2];
    HEAPF32[$5_1 >> 2] = HEAPF32[$5_1 + 256 >> 2];
    $25 = HEAP32[$5_1 + 480 >> 2];
    $26 = HEAP32[$5_1 + 484 >> 2];
    $27_1 = HEAP32[$5_1 + 488 >> 2];
    $28_1 = HEAP32[$5_1 + 492 >> 2];
    $29_1 = HEAP32[$5_1 + 496 >> 2];
    $30_1 = HEAP32[$5_1 + 500 >> 2];
    $31_1 = HEAP32[$5_1 + 504 >> 2];
    $32 = HEAP32[$5_1 + 508 >> 2];
    $33_1 = HEAP32[$5_1 + 448 >> 2];
    $34_1 = HEAP32[$5_1 + 452 >> 2];
    $35_1 = HEAP32[$5_1 + 456 >> 2];
    $36 = HEAP32[$5_1 + 460 >> 2];
    $37_1 = HEAP32[$5_1 + 464 >> 2];
    $38_1 = HEAP32[$5_1 + 468 >> 2];
    $39 = HEAP32[$5_1 + 472 >> 2];
    $40_1 = HEAP32[$5_1 + 476 >> 2];
    $41_1 = HEAP32[$5_1 + 416 >> 2];
    $42_1 = HEAP32[$5_1 + 420 >> 2];
    $43 = HEAP32[$5_1 + 424 >> 2];
    $44 = HEAP32[$5_1 + 428 >> 2];
    $45_1 = HEAP32[$5_1 + 432 >> 2];
    $46_1 = HEAP32[$5_1 + 436 >> 2];
    $47_1 = HEAP32[$5_1 + 440 >> 2];
    $48_1 = HEAP32[$5_1 + 444 >> 2];
    $49_1 = HEAP32[$5_1 + 384 >> 2];
    $50_1 = HEAP32[$5_1 + 388 >> 2];
    $51_1 = HEAP32[$5_1 + 392 >> 2];
    $52_1 = HEAP32[$5_1 + 396 >> 2];
    $53_1 = HEAP32[$5_1 + 400 >> 2];
    $54_1 = HEAP32[$5_1 + 404 >> 2];
    $55 = HEAP32[$5_1 + 408 >> 2];
    $56 = HEAP32[$5_1 + 412 >> 2];
    $57 = HEAP32[$5_1 + 352 >> 2];
    $58 = HEAP32[$5_1 + 356 >> 2];
    $59 = HEAP32[$5_1 + 360 >> 2];
    $60 = HEAP32[$5_1 + 364 >> 2];
    $61 = HEAP32[$5_1 + 368 >> 2];
    $62 = HEAP32[$5_1 + 372 >> 2];
    $63 = HEAP32[$5_1 + 376 >> 2];
    $64 = HEAP32[$5_1 + 380 >> 2];
    $65 = HEAP32[$5_1 + 320 >> 2];
    $66 = HEAP32[$5_1 + 324 >> 2];
    $67 = HEAP32[$5_1 + 328 >> 2];
    $68 = HEAP32[$5_1 + 332 >> 2];
    $69 = HEAP32[$5_1 + 336 >> 2];
    $70 = HEAP32[$5_1 + 340 >> 2];
    $14_1 = HEAP32[$5_1 + 344 >> 2];
    $16_1 = HEAP32[$5_1 + 348 >> 2];
    $17_1 = HEAP32[$5_1 + 288 >> 2];
    $11_1 = HEAP32[$5_1 + 292 >> 2];
    $8_1 = HEAP32[$5_1 + 296 >> 2];
    $6_1 = HEAP32[$5_1 + 300 >> 2];
    $10_1 = HEAP32[$5_1 + 304 >> 2];
    $4_1 = HEAP32[$5_1 + 308 >> 2];
    $15_1 = HEAP32[$5_1 + 316 >> 2];
    $3_1 = HEAP32[$5_1 + 312 >> 2];
    $12_1 = $12_1 << 2;
    $9_1 = $12_1 + HEAP32[$2_1 >> 2] | 0;
    HEAP8[$9_1 + 28 | 0] = $18_1;
    HEAP8[$9_1 + 29 | 0] = $18_1 >>> 8;
    HEAP8[$9_1 + 30 | 0] = $18_1 >>> 16;
    HEAP8[$9_1 + 31 | 0] = $18_1 >>> 24;
    HEAP8[$9_1 + 24 | 0] = $19_1;
    HEAP8[$9_1 + 25 | 0] = $19_1 >>> 8;
    HEAP8[$9_1 + 26 | 0] = $19_1 >>> 16;
    HEAP8[$9_1 + 27 | 0] = $19_1 >>> 24;
    HEAP8[$9_1 + 20 | 0] = $20;
    HEAP8[$9_1 + 21 | 0] = $20 >>> 8;
    HEAP8[$9_1 + 22 | 0] = $20 >>> 16;
    HEAP8[$9_1 + 23 | 0] = $20 >>> 24;
    HEAP8[$9_1 + 16 | 0] = $21_1;
    HEAP8[$9_1 + 17 | 0] = $21_1 >>> 8;
    HEAP8[$9_1 + 18 | 0] = $21_1 >>> 16;
    HEAP8[$9_1 + 19 | 0] = $21_1 >>> 24;
    HEAP8[$9_1 + 12 | 0] = $22;
    HEAP8[$9_1 + 13 | 0] = $22 >>> 8;
    HEAP8[$9_1 + 14 | 0] = $22 >>> 16;
    HEAP8[$9_1 + 15 | 0] = $22 >>> 24;
    HEAP8[$9_1 + 8 | 0] = $23;
    HEAP8[$9_1 + 9 | 0] = $23 >>> 8;
    HEAP8[$9_1 + 10 | 0] = $23 >>> 16;
    HEAP8[$9_1 + 11 | 0] = $23 >>> 24;
    HEAP8[$9_1 + 4 | 0] = $24_1;
    HEAP8[$9_1 + 5 | 0] = $24_1 >>> 8;
    HEAP8[$9_1 + 6 | 0] = $24_1 >>> 16;
    HEAP8[$9_1 + 7 | 0] = $24_1 >>> 24;
    HEAP8[$9_1 | 0] = $7_1;
    HEAP8[$9_1 + 1 | 0] = $7_1 >>> 8;
    HEAP8[$9_1 + 2 | 0] = $7_1 >>> 16;
    HEAP8[$9_1 + 3 | 0] = $7_1 >>> 24;
    $7_1 = $12_1 + HEAP32[$2_1 + 4 >> 2] | 0;
    HEAP8[$7_1 + 24 | 0] = $3_1;
    HEAP8[$7_1 + 25 | 0] = $3_1 >>> 8;
    HEAP8[$7_1 + 26 | 0] = $3_1 >>> 16;
    HEAP8[$7_1 + 27 | 0] = $3_1 >>> 24;
    HEAP8[$7_1 + 28 | 0] = $15_1;
    HEAP8[$7_1 + 29 | 0] = $15_1 >>> 8;
    HEAP8[$7_1 + 30 | 0] = $15_1 >>> 16;
    HEAP8[$7_1 + 31 | 0] = $15_1 >>> 24;
    HEAP8[$7_1 + 16 | 0] = $10_1;
    HEAP8[$7_1 + 17 | 0] = $10_1 >>> 8;
    HEAP8[$7_1 + 18 | 0] = $10_1 >>> 16;
    HEAP8[$7_1 + 19 | 0] = $10_1 >>> 24;
    HEAP8[$7_1 + 20 | 0] = $4_1;
    HEAP8[$7_1 + 21 | 0] = $4_1 >>> 8;
    HEAP8[$7_1 + 22 | 0] = $4_1 >>> 16;
    HEAP8[$7_1 + 23 | 0] = $4_1 >>> 24;
    HEAP8[$7_1 + 8 | 0] = $8_1;
    HEAP8[$7_1 + 9 | 0] = $8_1 >>> 8;
    HEAP8[$7_1 + 10 | 0] = $8_1 >>> 16;
    HEAP8[$7_1 + 11 | 0] = $8_1 >>> 24;
    HEAP8[$7_1 + 12 | 0] = $6_1;
    HEAP8[$7_1 + 13 | 0] = $6_1 >>> 8;
    HEAP8[$7_1 + 14 | 0] = $6_1 >>> 16;
    HEAP8[$7_1 + 15 | 0] = $6_1 >>> 24;
    HEAP8[$7_1 | 0] = $17_1;
    HEAP8[$7_1 + 1 | 0] = $17_1 >>> 8;
    HEAP8[$7_1 + 2 | 0] = $17_1 >>> 16;
    HEAP8[$7_1 + 3 | 0] = $17_1 >>> 24;
    HEAP8[$7_1 + 4 | 0] = $11_1;
    HEAP8[$7_1 + 5 | 0] = $11_1 >>> 8;
    HEAP8[$7_1 + 6 | 0] = $11_1 >>> 16;
    HEAP8[$7_1 + 7 | 0] = $11_1 >>> 24;
    $3_1 = $12_1 + HEAP32[$2_1 + 8 >> 2] | 0;
    HEAP8[$3_1 + 24 | 0] = $14_1;
    HEAP8[$3_1 + 25 | 0] = $14_1 >>> 8;
    HEAP8[$3_1 + 26 | 0] = $14_1 >>> 16;
    HEAP8[$3_1 + 27 | 0] = $14_1 >>> 24;
    HEAP8[$3_1 + 28 | 0] = $16_1;
    HEAP8[$3_1 + 29 | 0] = $16_1 >>> 8;
    HEAP8[$3_1 + 30 | 0] = $16_1 >>> 16;
    HEAP8[$3_1 + 31 | 0] = $16_1 >>> 24;
    HEAP8[$3_1 + 16 | 0] = $69;
    HEAP8[$3_1 + 17 | 0] = $69 >>> 8;
    HEAP8[$3_1 + 18 | 0] = $69 >>> 16;
    HEAP8[$3_1 + 19 | 0] = $69 >>> 24;
    HEAP8[$3_1 + 20 | 0] = $70;
    HEAP8[$3_1 + 21 | 0] = $70 >>> 8;
    HEAP8[$3_1 + 22 | 0] = $70 >>> 16;
    HEAP8[$3_1 + 23 | 0] = $70 >>> 24;
    HEAP8[$3_1 + 8 | 0] = $67;
    HEAP8[$3_1 + 9 | 0] = $67 >>> 8;
    HEAP8[$3_1 + 10 | 0] = $67 >>> 16;
    HEAP8[$3_1 + 11 | 0] = $67 >>> 24;
    HEAP8[$3_1 + 12 | 0] = $68;
    HEAP8[$3_1 + 13 | 0] = $68 >>> 8;
    HEAP8[$3_1 + 14 | 0] = $68 >>> 16;
    HEAP8[$3_1 + 15 | 0] = $68 >>> 24;
    HEAP8[$3_1 | 0] = $65;
    HEAP8[$3_1 + 1 | 0] = $65 >>> 8;
    HEAP8[$3_1 + 2 | 0] = $65 >>> 16;
    HEAP8[$3_1 + 3 | 0] = $65 >>> 24;
    HEAP8[$3_1 + 4 | 0] = $66;
    HEAP8[$3_1 + 5 | 0] = $66 >>> 8;
    HEAP8[$3_1 + 6 | 0] = $66 >>> 16;
    HEAP8[$3_1 + 7 | 0] = $66 >>> 24;
    $3_1 = $12_1 + HEAP32[$2_1 + 12 >> 2] | 0;
    HEAP8[$3_1 + 24 | 0] = $63;
    HEAP8[$3_1 + 25 | 0] = $63 >>> 8;
    HEAP8[$3_1 + 26 | 0] = $63 >>> 16;
    HEAP8[$3_1 + 27 | 0] = $63 >>> 24;
    HEAP8[$3_1 + 28 | 0] = $64;
    HEAP8[$3_1 + 29 | 0] = $64 >>> 8;
    HEAP8[$3_1 + 30 | 0] = $64 >>> 16;
    HEAP8[$3_1 + 31 | 0] = $64 >>> 24;
    HEAP8[$3_1 + 16 | 0] = $61;
    HEAP8[$3_1 + 17 | 0] = $61 >>> 8;
    HEAP8[$3_1 + 18 | 0] = $61 >>> 16;
    HEAP8[$3_1 + 19 | 0] = $61 >>> 24;
    HEAP8[$3_1 + 20 | 0] = $62;
    HEAP8[$3_1 + 21 | 0] = $62 >>> 8;
    HEAP8[$3_1 + 22 | 0] = $62 >>> 16;
    HEAP8[$3_1 + 23 | 0] = $62 >>> 24;
    HEAP8[$3_1 + 8 | 0] = $59;
    HEAP8[$3_1 + 9 | 0] = $59 >>> 8;
    HEAP8[$3_1 + 10 | 0] = $59 >>> 16;
    HEAP8[$3_1 + 11 | 0] = $59 >>> 24;
    HEAP8[$3_1 + 12 | 0] = $60;
    HEAP8[$3_1 + 13 | 0] = $60 >>> 8;
    HEAP8[$3_1 + 14 | 0] = $60 >>> 16;
    HEAP8[$3_1 + 15 | 0] = $60 >>> 24;
    HEAP8[$3_1 | 0] = $57;
    HEAP8[$3_1 + 1 | 0] = $57 >>> 8;
    HEAP8[$3_1 + 2 | 0] = $57 >>> 16;
    HEAP8[$3_1 + 3 | 0] = $57 >>> 24;
    HEAP8[$3_1 + 4 | 0] = $58;
    HEAP8[$3_1 + 5 | 0] = $58 >>> 8;
    HEAP8[$3_1 + 6 | 0] = $58 >>> 16;
    HEAP8[$3_1 + 7 | 0] = $58 >>> 24;
    $3_1 = $12_1 + HEAP32[$2_1 + 16 >> 2] | 0;
    HEAP8[$3_1 + 24 | 0] = $55;
    HEAP8[$3_1 + 25 | 0] = $55 >>> 8;
    HEAP8[$3_1 + 26 | 0] = $55 >>> 16;
    HEAP8[$3_1 + 27 | 0] = $55 >>> 24;
    HEAP8[$3_1 + 28 | 0] = $56;
    HEAP8[$3_1 + 29 | 0] = $56 >>> 8;
    HEAP8[$3_1 + 30 | 0] = $56 >>> 16;
    HEAP8[$3_1 + 31 | 0] = $56 >>> 24;
    HEAP8[$3_1 + 16 | 0] = $53_1;
    HEAP8[$3_1 + 17 | 0] = $53_1 >>> 8;
    HEAP8[$3_1 + 18 | 0] = $53_1 >>> 16;
    HEAP8[$3_1 + 19 | 0] = $53_1 >>> 24;
    HEAP8[$3_1 + 20 | 0] = $54_1;
    HEAP8[$3_1 + 21 | 0] = $54_1 >>> 8;
    HEAP8[$3_1 + 22 | 0] = $54_1 >>> 16;
    HEAP8[$3_1 + 23 | 0] = $54_1 >>> 24;
    HEAP8[$3_1 + 8 | 0] = $51_1;
    HEAP8[$3_1 + 9 | 0] = $51_1 >>> 8;
    HEAP8[$3_1 + 10 | 0] = $51_1 >>> 16;
    HEAP8[$3_1 + 11 | 0] = $51_1 >>> 24;
    HEAP8[$3_1 + 12 | 0] = $52_1;
    HEAP8[$3_1 + 13 | 0] = $52_1 >>> 8;
    HEAP8[$3_1 + 14 | 0] = $52_1 >>> 16;
    HEAP8[$3_1 + 15 | 0] = $52_1 >>> 24;
    HEAP8[$3_1 | 0] = $49_1;
    HEAP8[$3_1 + 1 | 0] = $49_1 >>> 8;
    HEAP8[$3_1 + 2 | 0] = $49_1 >>> 16;
    HEAP8[$3_1 + 3 | 0] = $49_1 >>> 24;
    HEAP8[$3_1 + 4 | 0] = $50_1;
    HEAP8[$3_1 + 5 | 0] = $50_1 >>> 8;
    HEAP8[$3_1 + 6 | 0] = $50_1 >>> 16;
    HEAP8[$3_1 + 7 | 0] = $50_1 >>> 24;
    $3_1 = $12_1 + HEAP32[$2_1 + 20 >> 2] | 0;
    HEAP8[$3_1 + 24 | 0] = $47_1;
    HEAP8[$3_1 + 25 | 0] = $47_1 >>> 8;
    HEAP8[$3_1 + 26 | 0] = $47_1 >>> 16;
    HEAP8[$3_1 + 27 | 0] = $47_1 >>> 24;
    HEAP8[$3_1 + 28 | 0] = $48_1;
    HEAP8[$3_1 + 29 | 0] = $48_1 >>> 8;
    HEAP8[$3_1 + 30 | 0] = $48_1 >>> 16;
    HEAP8[$3_1 + 31 | 0] = $48_1 >>> 24;
    HEAP8[$3_1 + 16 | 0] = $45_1;
    HEAP8[$3_1 + 17 | 0] = $45_1 >>> 8;
    HEAP8[$3_1 + 18 | 0] = $45_1 >>> 16;
    HEAP8[$3_1 + 19 | 0] = $45_1 >>> 24;
    HEAP8[$3_1 + 20 | 0] = $46_1;
    HEAP8[$3_1 + 21 | 0] = $46_1 >>> 8;
    HEAP8[$3_1 + 22 | 0] = $46_1 >>> 16;
    HEAP8[$3_1 + 23 | 0] = $46_1 >>> 24;
    HEAP8[$3_1 + 8 | 0] = $43;
    HEAP8[$3_1 + 9 | 0] = $43 >>> 8;
    HEAP8[$3_1 + 10 | 0] = $43 >>> 16;
    HEAP8[$3_1 + 11 | 0] = $43 >>> 24;
    HEAP8[$3_1 + 12 | 0] = $44;
    HEAP8[$3_1 + 13 | 0] = $44 >>> 8;
    HEAP8[$3_1 + 14 | 0] = $44 >>> 16;
    HEAP8[$3_1 + 15 | 0] = $44 >>> 24;
    HEAP8[$3_1 | 0] = $41_1;
    HEAP8[$3_1 + 1 | 0] = $41_1 >>> 8;
    HEAP8[$3_1 + 2 | 0] = $41_1 >>> 16;
    HEAP8[$3_1 + 3 | 0] = $41_1 >>> 24;
    HEAP8[$3_1 + 4 | 0] = $42_1;
    HEAP8[$3_1 + 5 | 0] = $42_1 >>> 8;
    HEAP8[$3_1 + 6 | 0] = $42_1 >>> 16;
    HEAP8[$3_1 + 7 | 0] = $42_1 >>> 24;
    $3_1 = $12_1 + HEAP32[$2_1 + 24 >> 2] | 0;
    HEAP8[$3_1 + 24 | 0] = $39;
    HEAP8[$3_1 + 25 | 0] = $39 >>> 8;
    HEAP8[$3_1 + 26 | 0] = $39 >>> 16;
    HEAP8[$3_1 + 27 | 0] = $39 >>> 24;
    HEAP8[$3_1 + 28 | 0] = $40_1;
    HEAP8[$3_1 + 29 | 0] = $40_1 >>> 8;
    HEAP8[$3_1 + 30 | 0] = $40_1 >>> 16;
    HEAP8[$3_1 + 31 | 0] = $40_1 >>> 24;
    HEAP8[$3_1 + 16 | 0] = $37_1;
    HEAP8[$3_1 + 17 | 0] = $37_1 >>> 8;
    HEAP8[$3_1 + 18 | 0] = $37_1 >>> 16;
    HEAP8[$3_1 + 19 | 0] = $37_1 >>> 24;
    HEAP8[$3_1 + 20 | 0] = $38_1;
    HEAP8[$3_1 + 21 | 0] = $38_1 >>> 8;
    HEAP8[$3_1 + 22 | 0] = $38_1 >>> 16;
    HEAP8[$3_1 + 23 | 0] = $38_1 >>> 24;
    HEAP8[$3_1 + 8 | 0] = $35_1;
    HEAP8[$3_1 + 9 | 0] = $35_1 >>> 8;
    HEAP8[$3_1 + 10 | 0] = $35_1 >>> 16;
    HEAP8[$3_1 + 11 | 0] = $35_1 >>> 24;
    HEAP8[$3_1 + 12 | 0] = $36;
    HEAP8[$3_1 + 13 | 0] = $36 >>> 8;
    HEAP8[$3_1 + 14 | 0] = $36 >>> 16;
    HEAP8[$3_1 + 15 | 0] = $36 >>> 24;
    HEAP8[$3_1 | 0] = $33_1;
    HEAP8[$3_1 + 1 | 0] = $33_1 >>> 8;
    HEAP8[$3_1 + 2 | 0] = $33_1 >>> 16;
    HEAP8[$3_1 + 3 | 0] = $33_1 >>> 24;
    HEAP8[$3_1 + 4 | 0] = $34_1;
    HEAP8[$3_1 + 5 | 0] = $34_1 >>> 8;
    HEAP8[$3_1 + 6 | 0] = $34_1 >>> 16;
    HEAP8[$3_1 + 7 | 0] = $34_1 >>> 24;
    $3_1 = $12_1 + HEAP32[$2_1 + 28 >> 2] | 0;
    HEAP8[$3_1 + 24 | 0] = $31_1;
    HEAP8[$3_1 + 25 | 0] = $31_1 >>> 8;
    HEAP8[$3_1 + 26 | 0] = $31_1 >>> 16;
    HEAP8[$3_1 + 27 | 0] = $31_1 >>> 24;
    HEAP8[$3_1 + 28 | 0] = $32;
    HEAP8[$3_1 + 29 | 0] = $32 >>> 8;
    HEAP8[$3_1 + 30 | 0] = $32 >>> 16;
    HEAP8[$3_1 + 31 | 0] = $32 >>> 24;
    HEAP8[$3_1 + 16 | 0] = $29_1;
    HEAP8[$3_1 + 17 | 0] = $29_1 >>> 8;
    HEAP8[$3_1 + 18 | 0] = $29_1 >>> 16;
    HEAP8[$3_1 + 19 | 0] = $29_1 >>> 24;
    HEAP8[$3_1 + 20 | 0] = $30_1;
    HEAP8[$3_1 + 21 | 0] = $30_1 >>> 8;
    HEAP8[$3_1 + 22 | 0] = $30_1 >>> 16;
    HEAP8[$3_1 + 23 | 0] = $30_1 >>> 24;
    HEAP8[$3_1 + 8 | 0] = $27_1;
    HEAP8[$3_1 + 9 | 0] = $27_1 >>> 8;
    HEAP8[$3_1 + 10 | 0] = $27_1 >>> 16;
    HEAP8[$3_1 + 11 | 0] = $27_1 >>> 24;
    HEAP8[$3_1 + 12 | 0] = $28_1;
    HEAP8[$3_1 + 13 | 0] = $28_1 >>> 8;
    HEAP8[$3_1 + 14 | 0] = $28_1 >>> 16;
    HEAP8[$3_1 + 15 | 0] = $28_1 >>> 24;
    HEAP8[$3_1 | 0] = $25;
    HEAP8[$3_1 + 1 | 0] = $25 >>> 8;
    HEAP8[$3_1 + 2 | 0] = $25 >>> 16;
    HEAP8[$3_1 + 3 | 0] = $25 >>> 24;
    HEAP8[$3_1 + 4 | 0] = $26;
    HEAP8[$3_1 + 5 | 0] = $26 >>> 8;
    HEAP8[$3_1 + 6 | 0] = $26 >>> 16;
    HEAP8[$3_1 + 7 | 0] = $26 >>> 24;
    $12_1 = $13_1;
    $4_1 = $12_1 + 8 | 0;
    if (($4_1 | 0) <= ($1_1 | 0)) {
     continue
    }
    break;
   };
  }
  if (($1_1 | 0) > ($13_1 | 0)) {
   $12_1 = $1_1 - $13_1 | 0;
   $8_1 = $13_1 << 2;
   $4_1 = ($13_1 << 5) + $0_1 | 0;
   $10_1 = HEAP32[$2_1 + 28 >> 2];
   $11_1 = HEAP32[$2_1 + 24 >> 2];
   $6_1 = HEAP32[$2_1 + 20 >> 2];
   $3_1 = HEAP32[$2_1 + 16 >> 2];
   $16_1 = HEAP32[$2_1 + 12 >> 2];
   $13_1 = HEAP32[$2_1 + 8 >> 2];
   $1_1 = HEAP32[$2_1 + 4 >> 2];
   $0_1 = HEAP32[$2_1 >> 2];
   while (1) {
    HEAPF32[$0_1 + $8_1 >> 2] = HEAPF32[$4_1 >> 2];
    HEAPF32[$1_1 + $8_1 >> 2] = HEAPF32[$4_1 + 4 >> 2];
    HEAPF32[$8_1 + $13_1 >> 2] = HEAPF32[$4_1 + 8 >> 2];
    HEAPF32[$8_1 + $16_1 >> 2] = HEAPF32[$4_1 + 12 >> 2];
    HEAPF32[$3_1 + $8_1 >> 2] = HEAPF32[$4_1 + 16 >> 2];
    HEAPF32[$6_1 + $8_1 >> 2] = HEAPF32[$4_1 + 20 >> 2];
    HEAPF32[$8_1 + $11_1 >> 2] = HEAPF32[$4_1 + 24 >> 2];
    HEAPF32[$8_1 + $10_1 >> 2] = HEAPF32[$4_1 + 28 >> 2];
    $4_1 = $4_1 + 32 | 0;
    $0_1 = $0_1 + 4 | 0;
    $1_1 = $1_1 + 4 | 0;
    $13_1 = $13_1 + 4 | 0;
    $16_1 = $16_1 + 4 | 0;
    $3_1 = $3_1 + 4 | 0;
    $6_1 = $6_1 + 4 | 0;
    $11_1 = $11_1 + 4 | 0;
    $10_1 = $10_1 + 4 | 0;
    $12_1 = $12_1 - 1 | 0;
    if ($12_1) {
     continue
    }
    break;
   };
  }
  global$0 = $71;
 }
 
 function $53($0_1, $1_1, $2_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  var $3_1 = 0, $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0, $10_1 = 0, $11_1 = 0, $12_1 = 0, $13_1 = 0, $14_1 = 0, $15_1 = 0, $16_1 = 0, $17_1 = 0, $18_1 = 0, $19_1 = 0, $20 = 0, $21_1 = 0, $22 = 0, $23 = 0, $24_1 = 0, $25 = 0, $26 = 0, $27_1 = 0, $28_1 = 0, $29_1 = 0, $30_1 = 0, $31_1 = 0, $32 = 0, $33_1 = 0, $34_1 = 0, $35_1 = 0, $36 = 0, $37_1 = 0, $38_1 = 0, $39 = 0, $40_1 = 0, $41_1 = 0, $42_1 = 0, $43 = 0, $44 = 0, $45_1 = 0, $46_1 = 0, $47_1 = 0, $48_1 = 0, $49_1 = 0, $50_1 = 0, $51_1 = 0, $52_1 = 0, $53_1 = 0, $54_1 = 0, $55 = 0, $56 = 0, $57 = 0, $58 = 0, $59 = 0, $60 = 0, $61 = 0, $62 = 0, $63 = 0, $64 = 0, $65 = 0, $66 = 0, $67 = 0, $68 = 0, $69 = 0, $70 = 0, $71 = 0, $72 = 0;
  $11_1 = global$0;
  $70 = $11_1;
  $6_1 = $11_1 - 512 & -32;
  global$0 = $6_1;
  $11_1 = 0;
  if (($1_1 | 0) >= 8) {
   $71 = $6_1 + 384 | 0;
   $72 = $6_1 + 128 | 0;
   $7_1 = 8;
   while (1) {
    $11_1 = $7_1;
    $7_1 = $13_1 << 2;
    $3_1 = $7_1 + HEAP32[$0_1 >> 2] | 0;
    $5_1 = HEAPU8[$3_1 + 28 | 0] | HEAPU8[$3_1 + 29 | 0] << 8 | (HEAPU8[$3_1 + 30 | 0] << 16 | HEAPU8[$3_1 + 31 | 0] << 24);
    HEAP32[$6_1 + 24 >> 2] = HEAPU8[$3_1 + 24 | 0] | HEAPU8[$3_1 + 25 | 0] << 8 | (HEAPU8[$3_1 + 26 | 0] << 16 | HEAPU8[$3_1 + 27 | 0] << 24);
    HEAP32[$6_1 + 28 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 20 | 0] | HEAPU8[$3_1 + 21 | 0] << 8 | (HEAPU8[$3_1 + 22 | 0] << 16 | HEAPU8[$3_1 + 23 | 0] << 24);
    HEAP32[$6_1 + 16 >> 2] = HEAPU8[$3_1 + 16 | 0] | HEAPU8[$3_1 + 17 | 0] << 8 | (HEAPU8[$3_1 + 18 | 0] << 16 | HEAPU8[$3_1 + 19 | 0] << 24);
    HEAP32[$6_1 + 20 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 12 | 0] | HEAPU8[$3_1 + 13 | 0] << 8 | (HEAPU8[$3_1 + 14 | 0] << 16 | HEAPU8[$3_1 + 15 | 0] << 24);
    HEAP32[$6_1 + 8 >> 2] = HEAPU8[$3_1 + 8 | 0] | HEAPU8[$3_1 + 9 | 0] << 8 | (HEAPU8[$3_1 + 10 | 0] << 16 | HEAPU8[$3_1 + 11 | 0] << 24);
    HEAP32[$6_1 + 12 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 4 | 0] | HEAPU8[$3_1 + 5 | 0] << 8 | (HEAPU8[$3_1 + 6 | 0] << 16 | HEAPU8[$3_1 + 7 | 0] << 24);
    HEAP32[$6_1 >> 2] = HEAPU8[$3_1 | 0] | HEAPU8[$3_1 + 1 | 0] << 8 | (HEAPU8[$3_1 + 2 | 0] << 16 | HEAPU8[$3_1 + 3 | 0] << 24);
    HEAP32[$6_1 + 4 >> 2] = $5_1;
    $3_1 = $7_1 + HEAP32[$0_1 + 4 >> 2] | 0;
    $5_1 = HEAPU8[$3_1 + 28 | 0] | HEAPU8[$3_1 + 29 | 0] << 8 | (HEAPU8[$3_1 + 30 | 0] << 16 | HEAPU8[$3_1 + 31 | 0] << 24);
    HEAP32[$6_1 + 56 >> 2] = HEAPU8[$3_1 + 24 | 0] | HEAPU8[$3_1 + 25 | 0] << 8 | (HEAPU8[$3_1 + 26 | 0] << 16 | HEAPU8[$3_1 + 27 | 0] << 24);
    HEAP32[$6_1 + 60 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 20 | 0] | HEAPU8[$3_1 + 21 | 0] << 8 | (HEAPU8[$3_1 + 22 | 0] << 16 | HEAPU8[$3_1 + 23 | 0] << 24);
    HEAP32[$6_1 + 48 >> 2] = HEAPU8[$3_1 + 16 | 0] | HEAPU8[$3_1 + 17 | 0] << 8 | (HEAPU8[$3_1 + 18 | 0] << 16 | HEAPU8[$3_1 + 19 | 0] << 24);
    HEAP32[$6_1 + 52 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 12 | 0] | HEAPU8[$3_1 + 13 | 0] << 8 | (HEAPU8[$3_1 + 14 | 0] << 16 | HEAPU8[$3_1 + 15 | 0] << 24);
    HEAP32[$6_1 + 40 >> 2] = HEAPU8[$3_1 + 8 | 0] | HEAPU8[$3_1 + 9 | 0] << 8 | (HEAPU8[$3_1 + 10 | 0] << 16 | HEAPU8[$3_1 + 11 | 0] << 24);
    HEAP32[$6_1 + 44 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 4 | 0] | HEAPU8[$3_1 + 5 | 0] << 8 | (HEAPU8[$3_1 + 6 | 0] << 16 | HEAPU8[$3_1 + 7 | 0] << 24);
    HEAP32[$6_1 + 32 >> 2] = HEAPU8[$3_1 | 0] | HEAPU8[$3_1 + 1 | 0] << 8 | (HEAPU8[$3_1 + 2 | 0] << 16 | HEAPU8[$3_1 + 3 | 0] << 24);
    HEAP32[$6_1 + 36 >> 2] = $5_1;
    $3_1 = $7_1 + HEAP32[$0_1 + 8 >> 2] | 0;
    $5_1 = HEAPU8[$3_1 + 28 | 0] | HEAPU8[$3_1 + 29 | 0] << 8 | (HEAPU8[$3_1 + 30 | 0] << 16 | HEAPU8[$3_1 + 31 | 0] << 24);
    HEAP32[$6_1 + 88 >> 2] = HEAPU8[$3_1 + 24 | 0] | HEAPU8[$3_1 + 25 | 0] << 8 | (HEAPU8[$3_1 + 26 | 0] << 16 | HEAPU8[$3_1 + 27 | 0] << 24);
    HEAP32[$6_1 + 92 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 20 | 0] | HEAPU8[$3_1 + 21 | 0] << 8 | (HEAPU8[$3_1 + 22 | 0] << 16 | HEAPU8[$3_1 + 23 | 0] << 24);
    HEAP32[$6_1 + 80 >> 2] = HEAPU8[$3_1 + 16 | 0] | HEAPU8[$3_1 + 17 | 0] << 8 | (HEAPU8[$3_1 + 18 | 0] << 16 | HEAPU8[$3_1 + 19 | 0] << 24);
    HEAP32[$6_1 + 84 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 12 | 0] | HEAPU8[$3_1 + 13 | 0] << 8 | (HEAPU8[$3_1 + 14 | 0] << 16 | HEAPU8[$3_1 + 15 | 0] << 24);
    HEAP32[$6_1 + 72 >> 2] = HEAPU8[$3_1 + 8 | 0] | HEAPU8[$3_1 + 9 | 0] << 8 | (HEAPU8[$3_1 + 10 | 0] << 16 | HEAPU8[$3_1 + 11 | 0] << 24);
    HEAP32[$6_1 + 76 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 4 | 0] | HEAPU8[$3_1 + 5 | 0] << 8 | (HEAPU8[$3_1 + 6 | 0] << 16 | HEAPU8[$3_1 + 7 | 0] << 24);
    HEAP32[$6_1 + 64 >> 2] = HEAPU8[$3_1 | 0] | HEAPU8[$3_1 + 1 | 0] << 8 | (HEAPU8[$3_1 + 2 | 0] << 16 | HEAPU8[$3_1 + 3 | 0] << 24);
    HEAP32[$6_1 + 68 >> 2] = $5_1;
    $3_1 = $7_1 + HEAP32[$0_1 + 12 >> 2] | 0;
    $5_1 = HEAPU8[$3_1 + 28 | 0] | HEAPU8[$3_1 + 29 | 0] << 8 | (HEAPU8[$3_1 + 30 | 0] << 16 | HEAPU8[$3_1 + 31 | 0] << 24);
    HEAP32[$6_1 + 120 >> 2] = HEAPU8[$3_1 + 24 | 0] | HEAPU8[$3_1 + 25 | 0] << 8 | (HEAPU8[$3_1 + 26 | 0] << 16 | HEAPU8[$3_1 + 27 | 0] << 24);
    HEAP32[$6_1 + 124 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 20 | 0] | HEAPU8[$3_1 + 21 | 0] << 8 | (HEAPU8[$3_1 + 22 | 0] << 16 | HEAPU8[$3_1 + 23 | 0] << 24);
    HEAP32[$6_1 + 112 >> 2] = HEAPU8[$3_1 + 16 | 0] | HEAPU8[$3_1 + 17 | 0] << 8 | (HEAPU8[$3_1 + 18 | 0] << 16 | HEAPU8[$3_1 + 19 | 0] << 24);
    HEAP32[$6_1 + 116 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 12 | 0] | HEAPU8[$3_1 + 13 | 0] << 8 | (HEAPU8[$3_1 + 14 | 0] << 16 | HEAPU8[$3_1 + 15 | 0] << 24);
    HEAP32[$6_1 + 104 >> 2] = HEAPU8[$3_1 + 8 | 0] | HEAPU8[$3_1 + 9 | 0] << 8 | (HEAPU8[$3_1 + 10 | 0] << 16 | HEAPU8[$3_1 + 11 | 0] << 24);
    HEAP32[$6_1 + 108 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 4 | 0] | HEAPU8[$3_1 + 5 | 0] << 8 | (HEAPU8[$3_1 + 6 | 0] << 16 | HEAPU8[$3_1 + 7 | 0] << 24);
    HEAP32[$6_1 + 96 >> 2] = HEAPU8[$3_1 | 0] | HEAPU8[$3_1 + 1 | 0] << 8 | (HEAPU8[$3_1 + 2 | 0] << 16 | HEAPU8[$3_1 + 3 | 0] << 24);
    HEAP32[$6_1 + 100 >> 2] = $5_1;
    $3_1 = $7_1 + HEAP32[$0_1 + 16 >> 2] | 0;
    $5_1 = HEAPU8[$3_1 + 28 | 0] | HEAPU8[$3_1 + 29 | 0] << 8 | (HEAPU8[$3_1 + 30 | 0] << 16 | HEAPU8[$3_1 + 31 | 0] << 24);
    HEAP32[$6_1 + 152 >> 2] = HEAPU8[$3_1 + 24 | 0] | HEAPU8[$3_1 + 25 | 0] << 8 | (HEAPU8[$3_1 + 26 | 0] << 16 | HEAPU8[$3_1 + 27 | 0] << 24);
    HEAP32[$6_1 + 156 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 20 | 0] | HEAPU8[$3_1 + 21 | 0] << 8 | (HEAPU8[$3_1 + 22 | 0] << 16 | HEAPU8[$3_1 + 23 | 0] << 24);
    HEAP32[$6_1 + 144 >> 2] = HEAPU8[$3_1 + 16 | 0] | HEAPU8[$3_1 + 17 | 0] << 8 | (HEAPU8[$3_1 + 18 | 0] << 16 | HEAPU8[$3_1 + 19 | 0] << 24);
    HEAP32[$6_1 + 148 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 12 | 0] | HEAPU8[$3_1 + 13 | 0] << 8 | (HEAPU8[$3_1 + 14 | 0] << 16 | HEAPU8[$3_1 + 15 | 0] << 24);
    HEAP32[$6_1 + 136 >> 2] = HEAPU8[$3_1 + 8 | 0] | HEAPU8[$3_1 + 9 | 0] << 8 | (HEAPU8[$3_1 + 10 | 0] << 16 | HEAPU8[$3_1 + 11 | 0] << 24);
    HEAP32[$6_1 + 140 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 4 | 0] | HEAPU8[$3_1 + 5 | 0] << 8 | (HEAPU8[$3_1 + 6 | 0] << 16 | HEAPU8[$3_1 + 7 | 0] << 24);
    HEAP32[$6_1 + 128 >> 2] = HEAPU8[$3_1 | 0] | HEAPU8[$3_1 + 1 | 0] << 8 | (HEAPU8[$3_1 + 2 | 0] << 16 | HEAPU8[$3_1 + 3 | 0] << 24);
    HEAP32[$6_1 + 132 >> 2] = $5_1;
    $3_1 = $7_1 + HEAP32[$0_1 + 20 >> 2] | 0;
    $5_1 = HEAPU8[$3_1 + 28 | 0] | HEAPU8[$3_1 + 29 | 0] << 8 | (HEAPU8[$3_1 + 30 | 0] << 16 | HEAPU8[$3_1 + 31 | 0] << 24);
    HEAP32[$6_1 + 184 >> 2] = HEAPU8[$3_1 + 24 | 0] | HEAPU8[$3_1 + 25 | 0] << 8 | (HEAPU8[$3_1 + 26 | 0] << 16 | HEAPU8[$3_1 + 27 | 0] << 24);
    HEAP32[$6_1 + 188 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 20 | 0] | HEAPU8[$3_1 + 21 | 0] << 8 | (HEAPU8[$3_1 + 22 | 0] << 16 | HEAPU8[$3_1 + 23 | 0] << 24);
    HEAP32[$6_1 + 176 >> 2] = HEAPU8[$3_1 + 16 | 0] | HEAPU8[$3_1 + 17 | 0] << 8 | (HEAPU8[$3_1 + 18 | 0] << 16 | HEAPU8[$3_1 + 19 | 0] << 24);
    HEAP32[$6_1 + 180 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 12 | 0] | HEAPU8[$3_1 + 13 | 0] << 8 | (HEAPU8[$3_1 + 14 | 0] << 16 | HEAPU8[$3_1 + 15 | 0] << 24);
    HEAP32[$6_1 + 168 >> 2] = HEAPU8[$3_1 + 8 | 0] | HEAPU8[$3_1 + 9 | 0] << 8 | (HEAPU8[$3_1 + 10 | 0] << 16 | HEAPU8[$3_1 + 11 | 0] << 24);
    HEAP32[$6_1 + 172 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 4 | 0] | HEAPU8[$3_1 + 5 | 0] << 8 | (HEAPU8[$3_1 + 6 | 0] << 16 | HEAPU8[$3_1 + 7 | 0] << 24);
    HEAP32[$6_1 + 160 >> 2] = HEAPU8[$3_1 | 0] | HEAPU8[$3_1 + 1 | 0] << 8 | (HEAPU8[$3_1 + 2 | 0] << 16 | HEAPU8[$3_1 + 3 | 0] << 24);
    HEAP32[$6_1 + 164 >> 2] = $5_1;
    $3_1 = $7_1 + HEAP32[$0_1 + 24 >> 2] | 0;
    $5_1 = HEAPU8[$3_1 + 28 | 0] | HEAPU8[$3_1 + 29 | 0] << 8 | (HEAPU8[$3_1 + 30 | 0] << 16 | HEAPU8[$3_1 + 31 | 0] << 24);
    HEAP32[$6_1 + 216 >> 2] = HEAPU8[$3_1 + 24 | 0] | HEAPU8[$3_1 + 25 | 0] << 8 | (HEAPU8[$3_1 + 26 | 0] << 16 | HEAPU8[$3_1 + 27 | 0] << 24);
    HEAP32[$6_1 + 220 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 20 | 0] | HEAPU8[$3_1 + 21 | 0] << 8 | (HEAPU8[$3_1 + 22 | 0] << 16 | HEAPU8[$3_1 + 23 | 0] << 24);
    HEAP32[$6_1 + 208 >> 2] = HEAPU8[$3_1 + 16 | 0] | HEAPU8[$3_1 + 17 | 0] << 8 | (HEAPU8[$3_1 + 18 | 0] << 16 | HEAPU8[$3_1 + 19 | 0] << 24);
    HEAP32[$6_1 + 212 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 12 | 0] | HEAPU8[$3_1 + 13 | 0] << 8 | (HEAPU8[$3_1 + 14 | 0] << 16 | HEAPU8[$3_1 + 15 | 0] << 24);
    HEAP32[$6_1 + 200 >> 2] = HEAPU8[$3_1 + 8 | 0] | HEAPU8[$3_1 + 9 | 0] << 8 | (HEAPU8[$3_1 + 10 | 0] << 16 | HEAPU8[$3_1 + 11 | 0] << 24);
    HEAP32[$6_1 + 204 >> 2] = $5_1;
    $5_1 = HEAPU8[$3_1 + 4 | 0] | HEAPU8[$3_1 + 5 | 0] << 8 | (HEAPU8[$3_1 + 6 | 0] << 16 | HEAPU8[$3_1 + 7 | 0] << 24);
    HEAP32[$6_1 + 192 >> 2] = HEAPU8[$3_1 | 0] | HEAPU8[$3_1 + 1 | 0] << 8 | (HEAPU8[$3_1 + 2 | 0] << 16 | HEAPU8[$3_1 + 3 | 0] << 24);
    HEAP32[$6_1 + 196 >> 2] = $5_1;
    $7_1 = $7_1 + HEAP32[$0_1 + 28 >> 2] | 0;
    $5_1 = HEAPU8[$7_1 + 20 | 0] | HEAPU8[$7_1 + 21 | 0] << 8 | (HEAPU8[$7_1 + 22 | 0] << 16 | HEAPU8[$7_1 + 23 | 0] << 24);
    HEAP32[$6_1 + 240 >> 2] = HEAPU8[$7_1 + 16 | 0] | HEAPU8[$7_1 + 17 | 0] << 8 | (HEAPU8[$7_1 + 18 | 0] << 16 | HEAPU8[$7_1 + 19 | 0] << 24);
    HEAP32[$6_1 + 244 >> 2] = $5_1;
    $5_1 = HEAPU8[$7_1 + 12 | 0] | HEAPU8[$7_1 + 13 | 0] << 8 | (HEAPU8[$7_1 + 14 | 0] << 16 | HEAPU8[$7_1 + 15 | 0] << 24);
    HEAP32[$6_1 + 232 >> 2] = HEAPU8[$7_1 + 8 | 0] | HEAPU8[$7_1 + 9 | 0] << 8 | (HEAPU8[$7_1 + 10 | 0] << 16 | HEAPU8[$7_1 + 11 | 0] << 24);
    HEAP32[$6_1 + 236 >> 2] = $5_1;
    $5_1 = HEAPU8[$7_1 + 4 | 0] | HEAPU8[$7_1 + 5 | 0] << 8 | (HEAPU8[$7_1 + 6 | 0] << 16 | HEAPU8[$7_1 + 7 | 0] << 24);
    HEAP32[$6_1 + 224 >> 2] = HEAPU8[$7_1 | 0] | HEAPU8[$7_1 + 1 | 0] << 8 | (HEAPU8[$7_1 + 2 | 0] << 16 | HEAPU8[$7_1 + 3 | 0] << 24);
    HEAP32[$6_1 + 228 >> 2] = $5_1;
    $5_1 = HEAPU8[$7_1 + 28 | 0] | HEAPU8[$7_1 + 29 | 0] << 8 | (HEAPU8[$7_1 + 30 | 0] << 16 | HEAPU8[$7_1 + 31 | 0] << 24);
    HEAP32[$6_1 + 248 >> 2] = HEAPU8[$7_1 + 24 | 0] | HEAPU8[$7_1 + 25 | 0] << 8 | (HEAPU8[$7_1 + 26 | 0] << 16 | HEAPU8[$7_1 + 27 | 0] << 24);
    HEAP32[$6_1 + 252 >> 2] = $5_1;
    $3_1 = -2;
    $9_1 = 0;
    while (1) {
     $4_1 = $6_1 + 256 | 0;
     $7_1 = $4_1 + $9_1 | 0;
     $5_1 = $6_1 + $9_1 | 0;
     HEAPF32[$7_1 + 56 >> 2] = HEAPF32[$5_1 + 28 >> 2];
     HEAPF32[$7_1 + 48 >> 2] = HEAPF32[$5_1 + 20 >> 2];
     HEAPF32[$7_1 + 40 >> 2] = HEAPF32[$5_1 + 12 >> 2];
     HEAPF32[$7_1 + 32 >> 2] = HEAPF32[$5_1 + 4 >> 2];
     HEAPF32[$7_1 + 24 >> 2] = HEAPF32[$5_1 + 24 >> 2];
     HEAPF32[$7_1 + 16 >> 2] = HEAPF32[$5_1 + 16 >> 2];
     HEAPF32[$7_1 + 8 >> 2] = HEAPF32[$5_1 + 8 >> 2];
     HEAPF32[$7_1 >> 2] = HEAPF32[$5_1 >> 2];
     HEAPF32[$7_1 + 60 >> 2] = HEAPF32[$5_1 + 60 >> 2];
     HEAPF32[$7_1 + 52 >> 2] = HEAPF32[$5_1 + 52 >> 2];
     HEAPF32[$7_1 + 44 >> 2] = HEAPF32[$5_1 + 44 >> 2];
     HEAPF32[$7_1 + 36 >> 2] = HEAPF32[$5_1 + 36 >> 2];
     HEAPF32[$7_1 + 28 >> 2] = HEAPF32[$5_1 + 56 >> 2];
     HEAPF32[$7_1 + 20 >> 2] = HEAPF32[$5_1 + 48 >> 2];
     HEAPF32[$7_1 + 12 >> 2] = HEAPF32[$5_1 + 40 >> 2];
     HEAPF32[$7_1 + 4 >> 2] = HEAPF32[$5_1 + 32 >> 2];
     $9_1 = $9_1 - -64 | 0;
     $3_1 = $3_1 + 2 | 0;
     if ($3_1 >>> 0 < 6) {
      continue
     }
     break;
    };
    $9_1 = 0;
    $7_1 = $4_1;
    $5_1 = $6_1;
    $14_1 = 1;
    while (1) {
     $3_1 = HEAP32[$7_1 + 20 >> 2];
     HEAP32[$5_1 + 16 >> 2] = HEAP32[$7_1 + 16 >> 2];
     HEAP32[$5_1 + 20 >> 2] = $3_1;
     $3_1 = HEAP32[$7_1 + 4 >> 2];
     HEAP32[$5_1 >> 2] = HEAP32[$7_1 >> 2];
     HEAP32[$5_1 + 4 >> 2] = $3_1;
     $4_1 = $6_1 + 256 | 0;
     $9_1 = $9_1 << 5;
     $10_1 = $9_1 | 64;
     $3_1 = $4_1 + $10_1 | 0;
     $8_1 = HEAP32[$3_1 + 20 >> 2];
     HEAP32[$5_1 + 24 >> 2] = HEAP32[$3_1 + 16 >> 2];
     HEAP32[$5_1 + 28 >> 2] = $8_1;
     $8_1 = HEAP32[$3_1 + 4 >> 2];
     HEAP32[$5_1 + 8 >> 2] = HEAP32[$3_1 >> 2];
     HEAP32[$5_1 + 12 >> 2] = $8_1;
     $5_1 = HEAP32[$7_1 + 28 >> 2];
     $15_1 = $6_1 + $10_1 | 0;
     $8_1 = $15_1;
     HEAP32[$8_1 + 16 >> 2] = HEAP32[$7_1 + 24 >> 2];
     HEAP32[$8_1 + 20 >> 2] = $5_1;
     $5_1 = HEAP32[$7_1 + 12 >> 2];
     HEAP32[$8_1 >> 2] = HEAP32[$7_1 + 8 >> 2];
     HEAP32[$8_1 + 4 >> 2] = $5_1;
     $5_1 = $9_1 | 32;
     $10_1 = $5_1 + $6_1 | 0;
     $7_1 = $10_1;
     $12_1 = $4_1 + $5_1 | 0;
     $5_1 = HEAP32[$12_1 + 20 >> 2];
     HEAP32[$7_1 + 16 >> 2] = HEAP32[$12_1 + 16 >> 2];
     HEAP32[$7_1 + 20 >> 2] = $5_1;
     $5_1 = HEAP32[$12_1 + 4 >> 2];
     HEAP32[$7_1 >> 2] = HEAP32[$12_1 >> 2];
     HEAP32[$7_1 + 4 >> 2] = $5_1;
     $5_1 = HEAP32[$12_1 + 28 >> 2];
     $8_1 = $9_1 | 96;
     $7_1 = $8_1 + $6_1 | 0;
     HEAP32[$7_1 + 16 >> 2] = HEAP32[$12_1 + 24 >> 2];
     HEAP32[$7_1 + 20 >> 2] = $5_1;
     $5_1 = HEAP32[$12_1 + 12 >> 2];
     HEAP32[$7_1 >> 2] = HEAP32[$12_1 + 8 >> 2];
     HEAP32[$7_1 + 4 >> 2] = $5_1;
     $8_1 = $4_1 + $8_1 | 0;
     $5_1 = HEAP32[$8_1 + 20 >> 2];
     HEAP32[$10_1 + 24 >> 2] = HEAP32[$8_1 + 16 >> 2];
     HEAP32[$10_1 + 28 >> 2] = $5_1;
     $5_1 = HEAP32[$8_1 + 4 >> 2];
     HEAP32[$10_1 + 8 >> 2] = HEAP32[$8_1 >> 2];
     HEAP32[$10_1 + 12 >> 2] = $5_1;
     $5_1 = HEAP32[$8_1 + 28 >> 2];
     HEAP32[$7_1 + 24 >> 2] = HEAP32[$8_1 + 24 >> 2];
     HEAP32[$7_1 + 28 >> 2] = $5_1;
     $5_1 = HEAP32[$8_1 + 12 >> 2];
     HEAP32[$7_1 + 8 >> 2] = HEAP32[$8_1 + 8 >> 2];
     HEAP32[$7_1 + 12 >> 2] = $5_1;
     $5_1 = HEAP32[$3_1 + 28 >> 2];
     HEAP32[$15_1 + 24 >> 2] = HEAP32[$3_1 + 24 >> 2];
     HEAP32[$15_1 + 28 >> 2] = $5_1;
     $5_1 = HEAP32[$3_1 + 12 >> 2];
     HEAP32[$15_1 + 8 >> 2] = HEAP32[$3_1 + 8 >> 2];
     HEAP32[$15_1 + 12 >> 2] = $5_1;
     $3_1 = $14_1 & 1;
     $9_1 = 4;
     $14_1 = 0;
     $5_1 = $72;
     $7_1 = $71;
     if ($3_1) {
      continue
     }
     break;
    };
    $9_1 = 0;
    while (1) {
     $8_1 = $6_1 + $9_1 | 0;
     $5_1 = HEAP32[$8_1 + 28 >> 2];
     $10_1 = ($6_1 + 256 | 0) + $9_1 | 0;
     $7_1 = $10_1 + 136 | 0;
     HEAP32[$7_1 >> 2] = HEAP32[$8_1 + 24 >> 2];
     HEAP32[$7_1 + 4 >> 2] = $5_1;
     $5_1 = HEAP32[$8_1 + 20 >> 2];
     $7_1 = $10_1 + 128 | 0;
     HEAP32[$7_1 >> 2] = HEAP32[$8_1 + 16 >> 2];
     HEAP32[$7_1 + 4 >> 2] = $5_1;
     $5_1 = HEAP32[$8_1 + 12 >> 2];
     HEAP32[$10_1 + 8 >> 2] = HEAP32[$8_1 + 8 >> 2];
     HEAP32[$10_1 + 12 >> 2] = $5_1;
     $5_1 = HEAP32[$8_1 + 4 >> 2];
     HEAP32[$10_1 >> 2] = HEAP32[$8_1 >> 2];
     HEAP32[$10_1 + 4 >> 2] = $5_1;
     $7_1 = $8_1 + 152 | 0;
     $5_1 = HEAP32[$7_1 + 4 >> 2];
     $3_1 = $10_1 + 152 | 0;
     HEAP32[$3_1 >> 2] = HEAP32[$7_1 >> 2];
     HEAP32[$3_1 + 4 >> 2] = $5_1;
     $7_1 = $8_1 + 144 | 0;
     $5_1 = HEAP32[$7_1 + 4 >> 2];
     $3_1 = $10_1 + 144 | 0;
     HEAP32[$3_1 >> 2] = HEAP32[$7_1 >> 2];
     HEAP32[$3_1 + 4 >> 2] = $5_1;
     $7_1 = $8_1 + 136 | 0;
     $5_1 = HEAP32[$7_1 + 4 >> 2];
     HEAP32[$10_1 + 24 >> 2] = HEAP32[$7_1 >> 2];
     HEAP32[$10_1 + 28 >> 2] = $5_1;
     $7_1 = $8_1 + 128 | 0;
     $5_1 = HEAP32[$7_1 + 4 >> 2];
     HEAP32[$10_1 + 16 >> 2] = HEAP32[$7_1 >> 2];
     HEAP32[$10_1 + 20 >> 2] = $5_1;
     $9_1 = $9_1 + 32 | 0;
     if (($9_1 | 0) != 128) {
      continue
     }
     break;
    };
    $16_1 = HEAP32[$6_1 + 256 >> 2];
    $17_1 = HEAP32[$6_1 + 260 >> 2];
    $18_1 = HEAP32[$6_1 + 264 >> 2];
    $19_1 = HEAP32[$6_1 + 268 >> 2];
    $20 = HEAP32[$6_1 + 272 >> 2];
    $21_1 = HEAP32[$6_1 + 276 >> 2];
    $22 = HEAP32[$6_1 + 280 >> 2];
    $23 = HEAP32[$6_1 + 284 >> 2];
    $24_1 = HEAP32[$6_1 + 288 >> 2];
    $25 = HEAP32[$6_1 + 292 >> 2];
    $26 = HEAP32[$6_1 + 296 >> 2];
    $27_1 = HEAP32[$6_1 + 300 >> 2];
    $28_1 = HEAP32[$6_1 + 304 >> 2];
    $29_1 = HEAP32[$6_1 + 308 >> 2];
    $30_1 = HEAP32[$6_1 + 312 >> 2];
    $31_1 = HEAP32[$6_1 + 316 >> 2];
    $32 = HEAP32[$6_1 + 320 >> 2];
    $33_1 = HEAP32[$6_1 + 324 >> 2];
    $34_1 = HEAP32[$6_1 + 328 >> 2];
    $35_1 = HEAP32[$6_1 + 332 >> 2];
    $36 = HEAP32[$6_1 + 336 >> 2];
    $37_1 = HEAP32[$6_1 + 340 >> 2];
    $38_1 = HEAP32[$6_1 + 344 >> 2];
    $39 = HEAP32[$6_1 + 348 >> 2];
    $40_1 = HEAP32[$6_1 + 352 >> 2];
    $41_1 = HEAP32[$6_1 + 356 >> 2];
    $42_1 = HEAP32[$6_1 + 360 >> 2];
    $43 = HEAP32[$6_1 + 364 >> 2];
    $44 = HEAP32[$6_1 + 368 >> 2];
    $45_1 = HEAP32[$6_1 + 372 >> 2];
    $46_1 = HEAP32[$6_1 + 376 >> 2];
    $47_1 = HEAP32[$6_1 + 380 >> 2];
    $48_1 = HEAP32[$6_1 + 384 >> 2];
    $49_1 = HEAP32[$6_1 + 388 >> 2];
    $50_1 = HEAP32[$6_1 + 392 >> 2];
    $51_1 = HEAP32[$6_1 + 396 >> 2];
    $52_1 = HEAP32[$6_1 + 400 >> 2];
    $53_1 = HEAP32[$6_1 + 404 >> 2];
    $54_1 = HEAP32[$6_1 + 408 >> 2];
    $55 = HEAP32[$6_1 + 412 >> 2];
    $56 = HEAP32[$6_1 + 416 >> 2];
    $57 = HEAP32[$6_1 + 420 >> 2];
    $58 = HEAP32[$6_1 + 424 >> 2];
    $59 = HEAP32[$6_1 + 428 >> 2];
    $60 = HEAP32[$6_1 + 432 >> 2];
    $61 = HEAP32[$6_1 + 436 >> 2];
    $62 = HEAP32[$6_1 + 440 >> 2];
    $63 = HEAP32[$6_1 + 444 >> 2];
    $64 = HEAP32[$6_1 + 448 >> 2];
    $65 = HEAP32[$6_1 + 452 >> 2];
    $66 = HEAP32[$6_1 + 456 >> 2];
    $67 = HEAP32[$6_1 + 460 >> 2];
    $68 = HEAP32[$6_1 + 464 >> 2];
    $12_1 = HEAP32[$6_1 + 468 >> 2];
    $14_1 = HEAP32[$6_1 + 472 >> 2];
    $15_1 = HEAP32[$6_1 + 476 >> 2];
    $9_1 = HEAP32[$6_1 + 480 >> 2];
    $10_1 = HEAP32[$6_1 + 484 >> 2];
    $8_1 = HEAP32[$6_1 + 488 >> 2];
    $3_1 = HEAP32[$6_1 + 492 >> 2];
    $7_1 = HEAP32[$6_1 + 496 >> 2];
    $5_1 = HEAP32[$6_1 + 500 >> 2];
    $69 = HEAP32[$6_1 + 508 >> 2];
    $4_1 = ($13_1 << 5) + $2_1 | 0;
    $13_1 = HEAP32[$6_1 + 504 >> 2];
    HEAP8[$4_1 + 248 | 0] = $13_1;
    HEAP8[$4_1 + 249 | 0] = $13_1 >>> 8;
    HEAP8[$4_1 + 250 | 0] = $13_1 >>> 16;
    HEAP8[$4_1 + 251 | 0] = $13_1 >>> 24;
    HEAP8[$4_1 + 252 | 0] = $69;
    HEAP8[$4_1 + 253 | 0] = $69 >>> 8;
    HEAP8[$4_1 + 254 | 0] = $69 >>> 16;
    HEAP8[$4_1 + 255 | 0] = $69 >>> 24;
    HEAP8[$4_1 + 240 | 0] = $7_1;
    HEAP8[$4_1 + 241 | 0] = $7_1 >>> 8;
    HEAP8[$4_1 + 242 | 0] = $7_1 >>> 16;
    HEAP8[$4_1 + 243 | 0] = $7_1 >>> 24;
    HEAP8[$4_1 + 244 | 0] = $5_1;
    HEAP8[$4_1 + 245 | 0] = $5_1 >>> 8;
    HEAP8[$4_1 + 246 | 0] = $5_1 >>> 16;
    HEAP8[$4_1 + 247 | 0] = $5_1 >>> 24;
    HEAP8[$4_1 + 232 | 0] = $8_1;
    HEAP8[$4_1 + 233 | 0] = $8_1 >>> 8;
    HEAP8[$4_1 + 234 | 0] = $8_1 >>> 16;
    HEAP8[$4_1 + 235 | 0] = $8_1 >>> 24;
    HEAP8[$4_1 + 236 | 0] = $3_1;
    HEAP8[$4_1 + 237 | 0] = $3_1 >>> 8;
    HEAP8[$4_1 + 238 | 0] = $3_1 >>> 16;
    HEAP8[$4_1 + 239 | 0] = $3_1 >>> 24;
    HEAP8[$4_1 + 224 | 0] = $9_1;
    HEAP8[$4_1 + 225 | 0] = $9_1 >>> 8;
    HEAP8[$4_1 + 226 | 0] = $9_1 >>> 16;
    HEAP8[$4_1 + 227 | 0] = $9_1 >>> 24;
    HEAP8[$4_1 + 228 | 0] = $10_1;
    HEAP8[$4_1 + 229 | 0] = $10_1 >>> 8;
    HEAP8[$4_1 + 230 | 0] = $10_1 >>> 16;
    HEAP8[$4_1 + 231 | 0] = $10_1 >>> 24;
    HEAP8[$4_1 + 216 | 0] = $14_1;
    HEAP8[$4_1 + 217 | 0] = $14_1 >>> 8;
    HEAP8[$4_1 + 218 | 0] = $14_1 >>> 16;
    HEAP8[$4_1 + 219 | 0] = $14_1 >>> 24;
    HEAP8[$4_1 + 220 | 0] = $15_1;
    HEAP8[$4_1 + 221 | 0] = $15_1 >>> 8;
    HEAP8[$4_1 + 222 | 0] = $15_1 >>> 16;
    HEAP8[$4_1 + 223 | 0] = $15_1 >>> 24;
    HEAP8[$4_1 + 208 | 0] = $68;
    HEAP8[$4_1 + 209 | 0] = $68 >>> 8;
    HEAP8[$4_1 + 210 | 0] = $68 >>> 16;
    HEAP8[$4_1 + 211 | 0] = $68 >>> 24;
    HEAP8[$4_1 + 212 | 0] = $12_1;
    HEAP8[$4_1 + 213 | 0] = $12_1 >>> 8;
    HEAP8[$4_1 + 214 | 0] = $12_1 >>> 16;
    HEAP8[$4_1 + 215 | 0] = $12_1 >>> 24;
    HEAP8[$4_1 + 200 | 0] = $66;
    HEAP8[$4_1 + 201 | 0] = $66 >>> 8;
    HEAP8[$4_1 + 202 | 0] = $66 >>> 16;
    HEAP8[$4_1 + 203 | 0] = $66 >>> 24;
    HEAP8[$4_1 + 204 | 0] = $67;
    HEAP8[$4_1 + 205 | 0] = $67 >>> 8;
    HEAP8[$4_1 + 206 | 0] = $67 >>> 16;
    HEAP8[$4_1 + 207 | 0] = $67 >>> 24;
    HEAP8[$4_1 + 192 | 0] = $64;
    HEAP8[$4_1 + 193 | 0] = $64 >>> 8;
    HEAP8[$4_1 + 194 | 0] = $64 >>> 16;
    HEAP8[$4_1 + 195 | 0] = $64 >>> 24;
    HEAP8[$4_1 + 196 | 0] = $65;
    HEAP8[$4_1 + 197 | 0] = $65 >>> 8;
    HEAP8[$4_1 + 198 | 0] = $65 >>> 16;
    HEAP8[$4_1 + 199 | 0] = $65 >>> 24;
    HEAP8[$4_1 + 184 | 0] = $62;
    HEAP8[$4_1 + 185 | 0] = $62 >>> 8;
    HEAP8[$4_1 + 186 | 0] = $62 >>> 16;
    HEAP8[$4_1 + 187 | 0] = $62 >>> 24;
    HEAP8[$4_1 + 188 | 0] = $63;
    HEAP8[$4_1 + 189 | 0] = $63 >>> 8;
    HEAP8[$4_1 + 190 | 0] = $63 >>> 16;
    HEAP8[$4_1 + 191 | 0] = $63 >>> 24;
    HEAP8[$4_1 + 176 | 0] = $60;
    HEAP8[$4_1 + 177 | 0] = $60 >>> 8;
    HEAP8[$4_1 + 178 | 0] = $60 >>> 16;
    HEAP8[$4_1 + 179 | 0] = $60 >>> 24;
    HEAP8[$4_1 + 180 | 0] = $61;
    HEAP8[$4_1 + 181 | 0] = $61 >>> 8;
    HEAP8[$4_1 + 182 | 0] = $61 >>> 16;
    HEAP8[$4_1 + 183 | 0] = $61 >>> 24;
    HEAP8[$4_1 + 168 | 0] = $58;
    HEAP8[$4_1 + 169 | 0] = $58 >>> 8;
    HEAP8[$4_1 + 170 | 0] = $58 >>> 16;
    HEAP8[$4_1 + 171 | 0] = $58 >>> 24;
    HEAP8[$4_1 + 172 | 0] = $59;
    HEAP8[$4_1 + 173 | 0] = $59 >>> 8;
    HEAP8[$4_1 + 174 | 0] = $59 >>> 16;
    HEAP8[$4_1 + 175 | 0] = $59 >>> 24;
    HEAP8[$4_1 + 160 | 0] = $56;
    HEAP8[$4_1 + 161 | 0] = $56 >>> 8;
    HEAP8[$4_1 + 162 | 0] = $56 >>> 16;
    HEAP8[$4_1 + 163 | 0] = $56 >>> 24;
    HEAP8[$4_1 + 164 | 0] = $57;
    HEAP8[$4_1 + 165 | 0] = $57 >>> 8;
    HEAP8[$4_1 + 166 | 0] = $57 >>> 16;
    HEAP8[$4_1 + 167 | 0] = $57 >>> 24;
    HEAP8[$4_1 + 152 | 0] = $54_1;
    HEAP8[$4_1 + 153 | 0] = $54_1 >>> 8;
    HEAP8[$4_1 + 154 | 0] = $54_1 >>> 16;
    HEAP8[$4_1 + 155 | 0] = $54_1 >>> 24;
    HEAP8[$4_1 + 156 | 0] = $55;
    HEAP8[$4_1 + 157 | 0] = $55 >>> 8;
    HEAP8[$4_1 + 158 | 0] = $55 >>> 16;
    HEAP8[$4_1 + 159 | 0] = $55 >>> 24;
    HEAP8[$4_1 + 144 | 0] = $52_1;
    HEAP8[$4_1 + 145 | 0] = $52_1 >>> 8;
    HEAP8[$4_1 + 146 | 0] = $52_1 >>> 16;
    HEAP8[$4_1 + 147 | 0] = $52_1 >>> 24;
    HEAP8[$4_1 + 148 | 0] = $53_1;
    HEAP8[$4_1 + 149 | 0] = $53_1 >>> 8;
    HEAP8[$4_1 + 150 | 0] = $53_1 >>> 16;
    HEAP8[$4_1 + 151 | 0] = $53_1 >>> 24;
    HEAP8[$4_1 + 136 | 0] = $50_1;
    HEAP8[$4_1 + 137 | 0] = $50_1 >>> 8;
    HEAP8[$4_1 + 138 | 0] = $50_1 >>> 16;
    HEAP8[$4_1 + 139 | 0] = $50_1 >>> 24;
    HEAP8[$4_1 + 140 | 0] = $51_1;
    HEAP8[$4_1 + 141 | 0] = $51_1 >>> 8;
    HEAP8[$4_1 + 142 | 0] = $51_1 >>> 16;
    HEAP8[$4_1 + 143 | 0] = $51_1 >>> 24;
    HEAP8[$4_1 + 128 | 0] = $48_1;
    HEAP8[$4_1 + 129 | 0] = $48_1 >>> 8;
    HEAP8[$4_1 + 130 | 0] = $48_1 >>> 16;
    HEAP8[$4_1 + 131 | 0] = $48_1 >>> 24;
    HEAP8[$4_1 + 132 | 0] = $49_1;
    HEAP8[$4_1 + 133 | 0] = $49_1 >>> 8;
    HEAP8[$4_1 + 134 | 0] = $49_1 >>> 16;
    HEAP8[$4_1 + 135 | 0] = $49_1 >>> 24;
    HEAP8[$4_1 + 120 | 0] = $46_1;
    HEAP8[$4_1 + 121 | 0] = $46_1 >>> 8;
    HEAP8[$4_1 + 122 | 0] = $46_1 >>> 16;
    HEAP8[$4_1 + 123 | 0] = $46_1 >>> 24;
    HEAP8[$4_1 + 124 | 0] = $47_1;
    HEAP8[$4_1 + 125 | 0] = $47_1 >>> 8;
    HEAP8[$4_1 + 126 | 0] = $47_1 >>> 16;
    HEAP8[$4_1 + 127 | 0] = $47_1 >>> 24;
    HEAP8[$4_1 + 112 | 0] = $44;
    HEAP8[$4_1 + 113 | 0] = $44 >>> 8;
    HEAP8[$4_1 + 114 | 0] = $44 >>> 16;
    HEAP8[$4_1 + 115 | 0] = $44 >>> 24;
    HEAP8[$4_1 + 116 | 0] = $45_1;
    HEAP8[$4_1 + 117 | 0] = $45_1 >>> 8;
    HEAP8[$4_1 + 118 | 0] = $45_1 >>> 16;
    HEAP8[$4_1 + 119 | 0] = $45_1 >>> 24;
    HEAP8[$4_1 + 104 | 0] = $42_1;
    HEAP8[$4_1 + 105 | 0] = $42_1 >>> 8;
    HEAP8[$4_1 + 106 | 0] = $42_1 >>> 16;
    HEAP8[$4_1 + 107 | 0] = $42_1 >>> 24;
    HEAP8[$4_1 + 108 | 0] = $43;
    HEAP8[$4_1 + 109 | 0] = $43 >>> 8;
    HEAP8[$4_1 + 110 | 0] = $43 >>> 16;
    HEAP8[$4_1 + 111 | 0] = $43 >>> 24;
    HEAP8[$4_1 + 96 | 0] = $40_1;
    HEAP8[$4_1 + 97 | 0] = $40_1 >>> 8;
    HEAP8[$4_1 + 98 | 0] = $40_1 >>> 16;
    HEAP8[$4_1 + 99 | 0] = $40_1 >>> 24;
    HEAP8[$4_1 + 100 | 0] = $41_1;
    HEAP8[$4_1 + 101 | 0] = $41_1 >>> 8;
    HEAP8[$4_1 + 102 | 0] = $41_1 >>> 16;
    HEAP8[$4_1 + 103 | 0] = $41_1 >>> 24;
    HEAP8[$4_1 + 88 | 0] = $38_1;
    HEAP8[$4_1 + 89 | 0] = $38_1 >>> 8;
    HEAP8[$4_1 + 90 | 0] = $38_1 >>> 16;
    HEAP8[$4_1 + 91 | 0] = $38_1 >>> 24;
    HEAP8[$4_1 + 92 | 0] = $39;
    HEAP8[$4_1 + 93 | 0] = $39 >>> 8;
    HEAP8[$4_1 + 94 | 0] = $39 >>> 16;
    HEAP8[$4_1 + 95 | 0] = $39 >>> 24;
    HEAP8[$4_1 + 80 | 0] = $36;
    HEAP8[$4_1 + 81 | 0] = $36 >>> 8;
    HEAP8[$4_1 + 82 | 0] = $36 >>> 16;
    HEAP8[$4_1 + 83 | 0] = $36 >>> 24;
    HEAP8[$4_1 + 84 | 0] = $37_1;
    HEAP8[$4_1 + 85 | 0] = $37_1 >>> 8;
    HEAP8[$4_1 + 86 | 0] = $37_1 >>> 16;
    HEAP8[$4_1 + 87 | 0] = $37_1 >>> 24;
    HEAP8[$4_1 + 72 | 0] = $34_1;
    HEAP8[$4_1 + 73 | 0] = $34_1 >>> 8;
    HEAP8[$4_1 + 74 | 0] = $34_1 >>> 16;
    HEAP8[$4_1 + 75 | 0] = $34_1 >>> 24;
    HEAP8[$4_1 + 76 | 0] = $35_1;
    HEAP8[$4_1 + 77 | 0] = $35_1 >>> 8;
    HEAP8[$4_1 + 78 | 0] = $35_1 >>> 16;
    HEAP8[$4_1 + 79 | 0] = $35_1 >>> 24;
    HEAP8[$4_1 + 64 | 0] = $32;
    HEAP8[$4_1 + 65 | 0] = $32 >>> 8;
    HEAP8[$4_1 + 66 | 0] = $32 >>> 16;
    HEAP8[$4_1 + 67 | 0] = $32 >>> 24;
    HEAP8[$4_1 + 68 | 0] = $33_1;
    HEAP8[$4_1 + 69 | 0] = $33_1 >>> 8;
    HEAP8[$4_1 + 70 | 0] = $33_1 >>> 16;
    HEAP8[$4_1 + 71 | 0] = $33_1 >>> 24;
    HEAP8[$4_1 + 56 | 0] = $30_1;
    HEAP8[$4_1 + 57 | 0] = $30_1 >>> 8;
    HEAP8[$4_1 + 58 | 0] = $30_1 >>> 16;
    HEAP8[$4_1 + 59 | 0] = $30_1 >>> 24;
    HEAP8[$4_1 + 60 | 0] = $31_1;
    HEAP8[$4_1 + 61 | 0] = $31_1 >>> 8;
    HEAP8[$4_1 + 62 | 0] = $31_1 >>> 16;
    HEAP8[$4_1 + 63 | 0] = $31_1 >>> 24;
    HEAP8[$4_1 + 48 | 0] = $28_1;
    HEAP8[$4_1 + 49 | 0] = $28_1 >>> 8;
    HEAP8[$4_1 + 50 | 0] = $28_1 >>> 16;
    HEAP8[$4_1 + 51 | 0] = $28_1 >>> 24;
    HEAP8[$4_1 + 52 | 0] = $29_1;
    HEAP8[$4_1 + 53 | 0] = $29_1 >>> 8;
    HEAP8[$4_1 + 54 | 0] = $29_1 >>> 16;
    HEAP8[$4_1 + 55 | 0] = $29_1 >>> 24;
    HEAP8[$4_1 + 40 | 0] = $26;
    HEAP8[$4_1 + 41 | 0] = $26 >>> 8;
    HEAP8[$4_1 + 42 | 0] = $26 >>> 16;
    HEAP8[$4_1 + 43 | 0] = $26 >>> 24;
    HEAP8[$4_1 + 44 | 0] = $27_1;
    HEAP8[$4_1 + 45 | 0] = $27_1 >>> 8;
    HEAP8[$4_1 + 46 | 0] = $27_1 >>> 16;
    HEAP8[$4_1 + 47 | 0] = $27_1 >>> 24;
    HEAP8[$4_1 + 32 | 0] = $24_1;
    HEAP8[$4_1 + 33 | 0] = $24_1 >>> 8;
    HEAP8[$4_1 + 34 | 0] = $24_1 >>> 16;
    HEAP8[$4_1 + 35 | 0] = $24_1 >>> 24;
    HEAP8[$4_1 + 36 | 0] = $25;
    HEAP8[$4_1 + 37 | 0] = $25 >>> 8;
    HEAP8[$4_1 + 38 | 0] = $25 >>> 16;
    HEAP8[$4_1 + 39 | 0] = $25 >>> 24;
    HEAP8[$4_1 + 24 | 0] = $22;
    HEAP8[$4_1 + 25 | 0] = $22 >>> 8;
    HEAP8[$4_1 + 26 | 0] = $22 >>> 16;
    HEAP8[$4_1 + 27 | 0] = $22 >>> 24;
    HEAP8[$4_1 + 28 | 0] = $23;
    HEAP8[$4_1 + 29 | 0] = $23 >>> 8;
    HEAP8[$4_1 + 30 | 0] = $23 >>> 16;
    HEAP8[$4_1 + 31 | 0] = $23 >>> 24;
    HEAP8[$4_1 + 16 | 0] = $20;
    HEAP8[$4_1 + 17 | 0] = $20 >>> 8;
    HEAP8[$4_1 + 18 | 0] = $20 >>> 16;
    HEAP8[$4_1 + 19 | 0] = $20 >>> 24;
    HEAP8[$4_1 + 20 | 0] = $21_1;
    HEAP8[$4_1 + 21 | 0] = $21_1 >>> 8;
    HEAP8[$4_1 + 22 | 0] = $21_1 >>> 16;
    HEAP8[$4_1 + 23 | 0] = $21_1 >>> 24;
    HEAP8[$4_1 + 8 | 0] = $18_1;
    HEAP8[$4_1 + 9 | 0] = $18_1 >>> 8;
    HEAP8[$4_1 + 10 | 0] = $18_1 >>> 16;
    HEAP8[$4_1 + 11 | 0] = $18_1 >>> 24;
    HEAP8[$4_1 + 12 | 0] = $19_1;
    HEAP8[$4_1 + 13 | 0] = $19_1 >>> 8;
    HEAP8[$4_1 + 14 | 0] = $19_1 >>> 16;
    HEAP8[$4_1 + 15 | 0] = $19_1 >>> 24;
    HEAP8[$4_1 | 0] = $16_1;
    HEAP8[$4_1 + 1 | 0] = $16_1 >>> 8;
    HEAP8[$4_1 + 2 | 0] = $16_1 >>> 16;
    HEAP8[$4_1 + 3 | 0] = $16_1 >>> 24;
    HEAP8[$4_1 + 4 | 0] = $17_1;
    HEAP8[$4_1 + 5 | 0] = $17_1 >>> 8;
    HEAP8[$4_1 + 6 | 0] = $17_1 >>> 16;
    HEAP8[$4_1 + 7 | 0] = $17_1 >>> 24;
    $13_1 = $11_1;
    $7_1 = $11_1 + 8 | 0;
    if (($7_1 | 0) <= ($1_1 | 0)) {
     continue
    }
    break;
   };
  }
  if (($1_1 | 0) > ($11_1 | 0)) {
   $13_1 = $1_1 - $11_1 | 0;
   $8_1 = $11_1 << 2;
   $7_1 = ($11_1 << 5) + $2_1 | 0;
   $5_1 = HEAP32[$0_1 + 28 >> 2];
   $9_1 = HEAP32[$0_1 + 24 >> 2];
   $3_1 = HEAP32[$0_1 + 20 >> 2];
   $11_1 = HEAP32[$0_1 + 16 >> 2];
   $14_1 = HEAP32[$0_1 + 12 >> 2];
   $2_1 = HEAP32[$0_1 + 8 >> 2];
   $1_1 = HEAP32[$0_1 + 4 >> 2];
   $0_1 = HEAP32[$0_1 >> 2];
   while (1) {
    HEAPF32[$7_1 >> 2] = HEAPF32[$0_1 + $8_1 >> 2];
    HEAPF32[$7_1 + 4 >> 2] = HEAPF32[$1_1 + $8_1 >> 2];
    HEAPF32[$7_1 + 8 >> 2] = HEAPF32[$2_1 + $8_1 >> 2];
    HEAPF32[$7_1 + 12 >> 2] = HEAPF32[$8_1 + $14_1 >> 2];
    HEAPF32[$7_1 + 16 >> 2] = HEAPF32[$8_1 + $11_1 >> 2];
    HEAPF32[$7_1 + 20 >> 2] = HEAPF32[$3_1 + $8_1 >> 2];
    HEAPF32[$7_1 + 24 >> 2] = HEAPF32[$8_1 + $9_1 >> 2];
    HEAPF32[$7_1 + 28 >> 2] = HEAPF32[$5_1 + $8_1 >> 2];
    $7_1 = $7_1 + 32 | 0;
    $0_1 = $0_1 + 4 | 0;
    $1_1 = $1_1 + 4 | 0;
    $2_1 = $2_1 + 4 | 0;
    $14_1 = $14_1 + 4 | 0;
    $11_1 = $11_1 + 4 | 0;
    $3_1 = $3_1 + 4 | 0;
    $9_1 = $9_1 + 4 | 0;
    $5_1 = $5_1 + 4 | 0;
    $13_1 = $13_1 - 1 | 0;
    if ($13_1) {
     continue
    }
    break;
   };
  }
  global$0 = $70;
 }
 
 function $54($0_1, $1_1, $2_1, $3_1, $4_1, $5_1) {
  $0_1 = $0_1 | 0;
  $1_1 = $1_1 | 0;
  $2_1 = $2_1 | 0;
  $3_1 = Math_fround($3_1);
  $4_1 = $4_1 | 0;
  $5_1 = $5_1 | 0;
  var $6_1 = Math_fround(0), $7_1 = 0, $8_1 = 0, $9_1 = 0;
  if (($2_1 | 0) > 0) {
   $7_1 = $0_1;
   $8_1 = $1_1;
   $9_1 = $5_1;
   while (1) {
    $6_1 = HEAPF32[$4_1 >> 2];
    $6_1 = $0_1 ? Math_fround($6_1 + HEAPF32[$7_1 >> 2]) : $6_1;
    $6_1 = $1_1 ? Math_fround($6_1 - HEAPF32[$8_1 >> 2]) : $6_1;
    HEAPF32[$4_1 >> 2] = $6_1;
    if ($5_1) {
     HEAPF32[$9_1 >> 2] = $6_1 / $3_1
    }
    $4_1 = $4_1 + 4 | 0;
    $7_1 = $7_1 + 4 | 0;
    $8_1 = $8_1 + 4 | 0;
    $9_1 = $9_1 + 4 | 0;
    $2_1 = $2_1 - 1 | 0;
    if ($2_1) {
     continue
    }
    break;
   };
  }
 }
 
 function __wasm_i64_mul($0_1, $1_1, $2_1, $3_1) {
  var $4_1 = 0, $5_1 = 0, $6_1 = 0, $7_1 = 0, $8_1 = 0, $9_1 = 0;
  $4_1 = $2_1 >>> 16 | 0;
  $5_1 = $0_1 >>> 16 | 0;
  $9_1 = Math_imul($4_1, $5_1);
  $6_1 = $2_1 & 65535;
  $7_1 = $0_1 & 65535;
  $8_1 = Math_imul($6_1, $7_1);
  $5_1 = ($8_1 >>> 16 | 0) + Math_imul($5_1, $6_1) | 0;
  $4_1 = ($5_1 & 65535) + Math_imul($4_1, $7_1) | 0;
  i64toi32_i32$HIGH_BITS = (Math_imul($1_1, $2_1) + $9_1 | 0) + Math_imul($0_1, $3_1) + ($5_1 >>> 16) + ($4_1 >>> 16) | 0;
  return $8_1 & 65535 | $4_1 << 16;
 }
 
 function __wasm_rotl_i32($0_1, $1_1) {
  var $2_1 = 0, $3_1 = 0;
  $2_1 = $1_1 & 31;
  $3_1 = (-1 >>> $2_1 & $0_1) << $2_1;
  $2_1 = $0_1;
  $0_1 = 0 - $1_1 & 31;
  return $3_1 | ($2_1 & -1 << $0_1) >>> $0_1;
 }
 
 function __wasm_rotr_i32($0_1, $1_1) {
  var $2_1 = 0, $3_1 = 0;
  $2_1 = $1_1 & 31;
  $3_1 = (-1 << $2_1 & $0_1) >>> $2_1 | 0;
  $2_1 = $0_1;
  $0_1 = 0 - $1_1 & 31;
  return $3_1 | ($2_1 & -1 >>> $0_1) << $0_1;
 }
 
 bufferView = HEAPU8;
 initActiveSegments(imports);
 var FUNCTION_TABLE = [null, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54];
 function __wasm_memory_size() {
  return buffer.byteLength >> 16;
 }
 
 function __wasm_memory_grow(pagesToAdd) {
  pagesToAdd = pagesToAdd | 0;
  var oldPages = __wasm_memory_size() | 0;
  var newPages = oldPages + pagesToAdd | 0;
  if ((oldPages < newPages) && (newPages < 65536)) {
   var newBuffer = new ArrayBuffer(newPages << 16);
   var newHEAP8 = new Int8Array(newBuffer);
   newHEAP8.set(HEAP8);
   HEAP8 = new Int8Array(newBuffer);
   HEAP16 = new Int16Array(newBuffer);
   HEAP32 = new Int32Array(newBuffer);
   HEAPU8 = new Uint8Array(newBuffer);
   HEAPU16 = new Uint16Array(newBuffer);
   HEAPU32 = new Uint32Array(newBuffer);
   HEAPF32 = new Float32Array(newBuffer);
   HEAPF64 = new Float64Array(newBuffer);
   buffer = newBuffer;
   bufferView = HEAPU8;
  }
  return oldPages;
 }
 
 return {
  "memory": Object.create(Object.prototype, {
   "grow": {
    "value": __wasm_memory_grow
   }, 
   "buffer": {
    "get": function () {
     return buffer;
    }
    
   }
  }), 
  "allocate": $0, 
  "release": $1, 
  "pdq_smallest_side": $2, 
  "pdq_longest_side": $3, 
  "pdq": $4, 
  "inner": $5, 
  "strips_make": $6, 
  "strips_drop": $7, 
  "strips_begin": $8, 
  "strips_push": $9, 
  "strips_finish": $10, 
  "digests_make": $11, 
  "digests_drop": $12, 
  "digests_update": $13, 
  "digests_finish": $14, 
  "isa_name_address": $15
 };
}

var retasmFunc = asmFunc({
});
export var memory = retasmFunc.memory;
export var allocate = retasmFunc.allocate;
export var release = retasmFunc.release;
export var pdq_smallest_side = retasmFunc.pdq_smallest_side;
export var pdq_longest_side = retasmFunc.pdq_longest_side;
export var pdq = retasmFunc.pdq;
export var inner = retasmFunc.inner;
export var strips_make = retasmFunc.strips_make;
export var strips_drop = retasmFunc.strips_drop;
export var strips_begin = retasmFunc.strips_begin;
export var strips_push = retasmFunc.strips_push;
export var strips_finish = retasmFunc.strips_finish;
export var digests_make = retasmFunc.digests_make;
export var digests_drop = retasmFunc.digests_drop;
export var digests_update = retasmFunc.digests_update;
export var digests_finish = retasmFunc.digests_finish;
export var isa_name_address = retasmFunc.isa_name_address;
